import { useMemo, useState } from 'react';
import { ArrowLeft, Pin, PinOff, Plus, X } from 'lucide-react';
import { platformName } from '@/lib/format';
import type { Schema, SchemaTable } from '@/lib/schema';
import { Badge } from './Badge';
import { Button, IconButton } from './Button';
import { SearchInput } from './Toolbar';
import styles from './SqlWorkbench.module.css';

interface Props {
  schema: Schema;
  /** Where the cursor is. */
  current: SchemaTable | null;
  onInsert: (text: string) => void;
  onClose: () => void;
}

/** osquery's tables: follows the cursor until one is pinned or searched for. */
export function SchemaPanel({ schema, current, onInsert, onClose }: Props) {
  const [needle, setNeedle] = useState('');
  const [pinned, setPinned] = useState<SchemaTable | null>(null);
  const [browsing, setBrowsing] = useState(false);
  const found = useMemo(() => search(schema, needle), [schema, needle]);
  const table = needle || browsing ? pinned : (pinned ?? current);

  return (
    <aside className={styles.panel} aria-label="Tables of osquery">
      <div className={styles.panelHead}>
        <SearchInput
          label="Search tables and columns"
          placeholder="Tables and columns"
          value={needle}
          delay={120}
          onChange={(text) => {
            setNeedle(text);
            setPinned(null);
          }}
        />
        <IconButton label="Close tables" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      {table ? (
        <Details
          table={table}
          pinned={pinned === table}
          onPin={() => setPinned(pinned === table ? null : table)}
          onBack={() => {
            setPinned(null);
            setBrowsing(true);
          }}
          onInsert={onInsert}
        />
      ) : (
        <>
          <p className={styles.note}>
            {needle
              ? `${found.length === 200 ? 'More than 200' : found.length} found`
              : `osquery ${schema.version}. Put the cursor on a table to see its columns.`}
          </p>
          <ul className={styles.tables} tabIndex={-1}>
            {found.map((each) => (
              <li key={each.name}>
                <button
                  type="button"
                  onClick={() => {
                    setPinned(each);
                    setBrowsing(false);
                  }}
                >
                  <code>{each.name}</code>
                  <small>{each.platforms.map(platformName).join(', ')}</small>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}

/** Names first, then tables that have such a column. */
function search(schema: Schema, needle: string): SchemaTable[] {
  const text = needle.trim().toLowerCase();
  if (!text) return [...schema.tables];
  const byName = schema.tables.filter((table) => table.name.includes(text));
  const byColumn = schema.tables.filter(
    (table) =>
      !table.name.includes(text) && table.columns.some((column) => column.name.includes(text)),
  );
  return [...byName, ...byColumn].slice(0, 200);
}

function Details({
  table,
  pinned,
  onPin,
  onBack,
  onInsert,
}: {
  table: SchemaTable;
  pinned: boolean;
  onPin: () => void;
  onBack: () => void;
  onInsert: (text: string) => void;
}) {
  const required = table.columns.filter((column) => column.required);
  const where = required.map((column) => `${column.name} = ''`).join(' AND ');
  const example = `SELECT * FROM ${table.name}${where && ` WHERE ${where}`} LIMIT 10;`;
  return (
    <div className={styles.details}>
      <div className={styles.tableHead}>
        <IconButton label="All tables" onClick={onBack}>
          <ArrowLeft />
        </IconButton>
        <h3>
          <code>{table.name}</code>
        </h3>
        <IconButton
          label={pinned ? 'Follow the cursor again' : 'Keep this table here'}
          aria-pressed={pinned}
          onClick={onPin}
        >
          {pinned ? <PinOff /> : <Pin />}
        </IconButton>
      </div>
      <p className={styles.badges}>
        {table.platforms.map((platform) => (
          <Badge key={platform}>{platformName(platform)}</Badge>
        ))}
        {table.evented && (
          <Badge tone="warn" title="Filled by events that the agent collects.">
            Events
          </Badge>
        )}
      </p>
      {required.length > 0 && (
        <p className={styles.note}>
          Empty without a condition on {required.map((column) => column.name).join(' or ')}.
        </p>
      )}
      <ul className={styles.columns}>
        {table.columns.map((column) => (
          <li key={column.name}>
            <button
              type="button"
              title={`Insert ${column.name}`}
              onClick={() => onInsert(column.name)}
            >
              <code>{column.name}</code>
              <small>
                {column.type}
                {column.required && ', required'}
                {column.hidden && ', not in *'}
                {column.platforms && `, ${column.platforms.map(platformName).join(', ')} only`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      <Button size="s" icon={<Plus />} title={example} onClick={() => onInsert(example)}>
        Insert an example
      </Button>
    </div>
  );
}
