import { useMemo, useState, type ReactNode } from 'react';
import { diffLines, condensed } from '@/lib/diff';
import type { Json } from '@/lib/fields';
import { lineOf, locate, parse, print, type Fault, type TextFormat } from '@/lib/yaml';
import { Button } from './Button';
import { CodeEditor } from './CodeEditor';
import { Dialog } from './Dialog';
import { FormError } from './Field';
import { UnsavedGuard } from './UnsavedGuard';
import styles from './CodeEditor.module.css';

interface Failure extends Error {
  errors?: readonly { name: string; reason: string }[];
}

interface Props {
  label: string;
  note?: ReactNode;
  stored: Json;
  readOnly?: boolean;
  onCheck: (value: Json) => Promise<unknown>;
  /** `force`: although the server finds fault with it. */
  onSave: (value: Json, force: boolean) => Promise<unknown>;
  actions?: ReactNode;
}

type Busy = 'check' | 'save' | 'force' | null;

/** Options that are edited as text, checked by the server, and compared before they are saved. */
export function OptionsEditor(props: Props) {
  const { label, note, stored, readOnly = false, onCheck, onSave, actions } = props;
  const [format, setFormat] = useState<TextFormat>('yaml');
  const [edited, setEdited] = useState<string | null>(null);
  const [busy, setBusy] = useState<Busy>(null);
  const [refusal, setRefusal] = useState<{ text: string; faults: Fault[] } | null>(null);
  const [checked, setChecked] = useState<string | null>(null);
  const [comparing, setComparing] = useState(false);

  const before = useMemo(() => print(stored, format), [stored, format]);
  const text = edited ?? before;
  const parsed = useMemo(() => parse(text), [text]);
  const dirty = edited !== null && edited !== before;
  const refused = refusal?.text === text ? refusal.faults : null;
  const faults = useMemo(
    () => (parsed.faults.length > 0 ? parsed.faults : (refused ?? [])),
    [parsed, refused],
  );
  const broken = parsed.faults.length > 0;

  /** Runs a request; what the server finds fault with is marked in the text it was sent. */
  const ask = async (what: Busy, request: () => Promise<unknown>): Promise<boolean> => {
    setBusy(what);
    setRefusal(null);
    setChecked(null);
    try {
      await request();
      return true;
    } catch (cause) {
      const failure = cause as Failure;
      const errors = failure.errors?.length
        ? failure.errors
        : [{ name: 'base', reason: failure.message }];
      setRefusal({ text, faults: errors.map((error) => locate(text, error)) });
      return false;
    } finally {
      setBusy(null);
    }
  };
  const check = async () => {
    if (await ask('check', () => onCheck(parsed.value))) setChecked(text);
  };
  const save = async (force: boolean) => {
    const saved = await ask(force ? 'force' : 'save', () => onSave(parsed.value, force));
    setComparing(false);
    if (saved) setEdited(null);
  };
  const show = (next: TextFormat) => {
    if (!broken && edited !== null) setEdited(print(parsed.value, next));
    setFormat(next);
  };

  return (
    <div className={styles.editor}>
      {note && <p className={styles.note}>{note}</p>}
      {faults.length > 0 && (
        <FormError>
          <ul className={styles.faults}>
            {faults.map((fault) => (
              <li key={`${fault.from} ${fault.message}`}>
                Line {lineOf(text, fault.from)}: {fault.message}
              </li>
            ))}
          </ul>
        </FormError>
      )}
      <CodeEditor
        label={label}
        value={text}
        onChange={setEdited}
        faults={faults}
        readOnly={readOnly}
        onSubmit={() => dirty && !broken && setComparing(true)}
      />
      <div className={styles.bar}>
        <div className={styles.buttons}>
          <Button
            look="primary"
            disabled={readOnly || !dirty || broken || busy !== null}
            onClick={() => setComparing(true)}
          >
            Review and save
          </Button>
          <Button
            busy={busy === 'check'}
            disabled={readOnly || broken || busy !== null}
            onClick={() => void check()}
          >
            Check
          </Button>
          {dirty && (
            <Button disabled={busy !== null} onClick={() => setEdited(null)}>
              Discard changes
            </Button>
          )}
          {actions}
          <span role="status" className={styles.state}>
            {readOnly
              ? 'Read only'
              : broken
                ? 'This cannot be read: correct the marked place.'
                : checked === text
                  ? 'The server accepts these options.'
                  : dirty
                    ? 'Not saved yet'
                    : 'Everything is saved.'}
          </span>
        </div>
        <div className={styles.buttons} role="group" aria-label="Format">
          {(['yaml', 'json'] as const).map((each) => (
            <Button
              key={each}
              size="s"
              look={format === each ? 'secondary' : 'quiet'}
              aria-pressed={format === each}
              disabled={broken}
              onClick={() => show(each)}
            >
              {each.toUpperCase()}
            </Button>
          ))}
        </div>
      </div>
      {refused && !broken && dirty && (
        <div className={styles.buttons}>
          <Button
            look="danger"
            busy={busy === 'force'}
            disabled={busy !== null}
            onClick={() => void save(true)}
          >
            Save in spite of the errors
          </Button>
          <span className={styles.state}>Agents may refuse to start with wrong options.</span>
        </div>
      )}
      {comparing && (
        <Dialog
          title="Save these changes?"
          description="Hosts get them with their next check-in."
          wide
          onClose={() => setComparing(false)}
          footer={
            <>
              <Button onClick={() => setComparing(false)}>Go on editing</Button>
              <Button look="primary" busy={busy === 'save'} onClick={() => void save(false)}>
                Save
              </Button>
            </>
          }
        >
          <Diff before={before} after={text} />
        </Dialog>
      )}
      <UnsavedGuard dirty={dirty && busy === null} what="these options" />
    </div>
  );
}

const signs = { same: ' ', added: '+', removed: '-' } as const;

function Diff({ before, after }: { before: string; after: string }) {
  return (
    <pre className={styles.diff} tabIndex={0} aria-label="Changes">
      {condensed(diffLines(before, after)).map((line, index) =>
        line ? (
          <span key={index} className={line.kind === 'same' ? undefined : styles[line.kind]}>
            {signs[line.kind]} {line.text}
          </span>
        ) : (
          <span key={index} className={styles.gap}>
            …
          </span>
        ),
      )}
    </pre>
  );
}
