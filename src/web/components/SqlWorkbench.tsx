import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { PanelRight, TriangleAlert } from 'lucide-react';
import { loadSchema, type Schema } from '@/lib/schema';
import { sqlHints, tableAt } from '@/lib/sqlHints';
import { Button } from './Button';
import { SchemaPanel } from './SchemaPanel';
import { SqlEditor } from './SqlEditor';
import styles from './SqlWorkbench.module.css';

interface Props {
  value: string;
  onChange: (value: string) => void;
  onSubmit?: () => void;
  /** The server's refusal. */
  error?: string | undefined;
  hint?: string;
  /** It is to be asked of hosts now. */
  live?: boolean;
}

const key = 'FLEET::schema_panel';

/** The SQL editor with what is worth knowing about the query, and the tables of osquery beside it. */
export function SqlWorkbench({ value, onChange, onSubmit, error, hint, live }: Props) {
  const [schema, setSchema] = useState<Schema | null>(null);
  const [open, setOpen] = useState(readOpen);
  const [place, setPlace] = useState(value.length);
  const text = useDeferredValue(value);

  useEffect(() => {
    let here = true;
    void loadSchema().then((loaded) => here && setSchema(loaded));
    return () => {
      here = false;
    };
  }, []);

  const hints = useMemo(() => (schema ? sqlHints(text, schema, live) : []), [text, schema, live]);
  const current = useMemo(
    () => (schema && open ? tableAt(text, place, schema) : null),
    [schema, open, text, place],
  );
  const toggle = () => {
    setOpen(!open);
    try {
      localStorage.setItem(key, open ? 'closed' : 'open');
    } catch {
      // The choice lasts until the page is closed.
    }
  };
  const insert = (words: string) => {
    const before = value.slice(0, place);
    const gap = before === '' || /[\s(,.]$/.test(before) ? '' : ' ';
    onChange(`${before}${gap}${words}${value.slice(place)}`);
    setPlace(place + gap.length + words.length);
  };

  return (
    <div className={styles.workbench} data-open={open || undefined}>
      <div className={styles.main}>
        <div className={styles.head}>
          <span className={styles.label}>Query</span>
          <Button size="s" look="quiet" icon={<PanelRight />} aria-pressed={open} onClick={toggle}>
            Tables
          </Button>
        </div>
        <SqlEditor
          label="SQL"
          value={value}
          onChange={onChange}
          onSubmit={onSubmit}
          onCursor={setPlace}
          invalid={error !== undefined}
        />
        {error && <p className={styles.error}>{error}</p>}
        <ul className={styles.hints} aria-label="Hints about the query" aria-live="polite">
          {hints.map((each) => (
            <li key={`${each.from} ${each.message}`}>
              <TriangleAlert aria-hidden />
              {each.message}
            </li>
          ))}
        </ul>
        {hint && <p className={styles.note}>{hint}</p>}
      </div>
      {open && schema && (
        <SchemaPanel schema={schema} current={current} onInsert={insert} onClose={toggle} />
      )}
    </div>
  );
}

function readOpen(): boolean {
  try {
    const stored = localStorage.getItem(key);
    if (stored) return stored === 'open';
  } catch {
    // Then the width decides.
  }
  return window.innerWidth >= 1100;
}
