import { useState, type ReactNode } from 'react';
import { teamName } from '@/lib/team';
import { Badge } from './Badge';
import { Button } from './Button';
import { ConfirmDialog } from './Dialog';
import { FormError, TextField } from './Field';
import { Card, Page } from './Page';
import { UnsavedGuard } from './UnsavedGuard';
import styles from './EditorPage.module.css';

interface Props {
  section: string;
  /** What is edited, in the middle of a sentence. */
  noun: string;
  /** The name it is stored under, when it is stored. */
  stored: string | undefined;
  /** Whose it is: null is everybody's. */
  owner: number | null;
  teams: readonly { id: number; name: string }[];
  back: ReactNode;
  /** Beside *Save*. */
  actions: ReactNode;
  name: string;
  nameLength: number;
  nameError: string | undefined;
  onName: (name: string) => void;
  /** What is wrong and belongs to no field. */
  error: string | undefined;
  /** Something would be stored, and something else than before. */
  ready: boolean;
  dirty: boolean;
  saving: boolean;
  left: boolean;
  /** What is thrown away by saving this. */
  loss: { title: string; action: string; text: ReactNode } | null;
  save: () => Promise<unknown>;
  warnings?: ReactNode;
  options: ReactNode;
  /** The fields below the name; `submit` saves, as the button does. */
  children: (submit: () => void) => ReactNode;
}

/** Editing something made of SQL: its name and fields, and its options beside them. */
export function EditorPage(props: Props) {
  const { section, noun, stored, owner, teams, ready, dirty, saving, loss } = props;
  const [asking, setAsking] = useState(false);
  const submit = () => {
    if (!ready || !dirty || saving) return;
    if (loss) setAsking(true);
    // What went wrong is shown in the form.
    else props.save().catch(() => undefined);
  };
  return (
    <Page
      title={stored === undefined ? `New ${noun}` : `Edit ${stored}`}
      section={section}
      beside={
        teams.length > 0 && <Badge title={`Whose ${noun} it is`}>{teamName(owner, teams)}</Badge>
      }
      back={props.back}
      actions={
        <>
          {props.actions}
          <Button look="primary" disabled={!ready || !dirty} busy={saving} onClick={submit}>
            Save
          </Button>
        </>
      }
    >
      <FormError>{props.error}</FormError>
      {props.warnings}
      <div className={styles.form}>
        <Card>
          <div className={styles.stack}>
            <TextField
              label="Name"
              required
              maxLength={props.nameLength}
              value={props.name}
              error={props.nameError}
              onChange={(event) => props.onName(event.target.value)}
            />
            {props.children(submit)}
          </div>
        </Card>
        {props.options}
      </div>
      {asking && loss && (
        <ConfirmDialog
          title={loss.title}
          action={loss.action}
          onClose={() => setAsking(false)}
          onConfirm={props.save}
        >
          <p>{loss.text}</p>
        </ConfirmDialog>
      )}
      {/* A live run takes the text along and brings it back. */}
      <UnsavedGuard dirty={dirty && !props.left} what={`this ${noun}`} unless={/\/live$/} />
    </Page>
  );
}
