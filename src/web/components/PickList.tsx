import { useId, useState, type ReactNode } from 'react';
import { Check } from 'lucide-react';
import { cx } from '@/lib/cx';
import styles from './PickList.module.css';

export interface PickItem {
  key: string;
  label: string;
  /** Under which heading it stands; items of one group come one after another. */
  group?: string;
  note?: ReactNode;
  icon?: ReactNode;
  /** Words that find it, beside its label. */
  words?: string;
}

interface Props<Item extends PickItem> {
  label: string;
  placeholder?: string;
  items: readonly Item[];
  onPick: (item: Item) => void;
  /** Marked as the present choice. */
  chosen?: string | undefined;
  /** Without one, the list filters by itself. */
  onSearch?: (text: string) => void;
  /** Nothing to type while everything fits. */
  plain?: boolean;
  empty?: ReactNode;
}

/** Items that hold every typed word; those that start with the text come first. */
export function findItems<Item extends PickItem>(items: readonly Item[], text: string): Item[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  const found = items.filter((item) => {
    const all = `${item.label} ${item.words ?? ''}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  const starts = (item: Item) => Number(item.label.toLowerCase().startsWith(words[0] ?? ''));
  const groups = [...new Set(found.map((item) => item.group))];
  return groups.flatMap((group) =>
    found.filter((item) => item.group === group).sort((a, b) => starts(b) - starts(a)),
  );
}

/** Type to narrow, arrows to move, Enter to take: the list of a picker or of the palette. */
export function PickList<Item extends PickItem>(props: Props<Item>) {
  const { label, items, onPick, chosen, onSearch, plain, empty = 'Nothing matches.' } = props;
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState<string | null>(chosen ?? null);
  const shown = onSearch ? [...items] : findItems(items, text);
  const index = Math.max(
    0,
    shown.findIndex((item) => item.key === active),
  );
  const current = shown[index];

  const move = (to: number) => {
    const next = shown[(to + shown.length) % shown.length];
    if (!next) return;
    setActive(next.key);
    document.getElementById(`${id}-${next.key}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      ...(plain || event.ctrlKey ? { Home: 0, End: shown.length - 1 } : {}),
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === 'Enter' && current) {
      event.preventDefault();
      onPick(current);
    }
  };

  return (
    <div className={styles.pick}>
      <input
        className={cx(plain && 'sr-only', styles.input)}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={current ? `${id}-${current.key}` : undefined}
        aria-autocomplete="list"
        placeholder={props.placeholder ?? label}
        readOnly={plain}
        value={text}
        // The list has just been opened to be used.
        autoFocus
        data-autofocus
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setActive(null);
          onSearch?.(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      {shown.length === 0 ? (
        <p className={styles.none} role="status">
          {empty}
        </p>
      ) : null}
      <ul id={`${id}-list`} role="listbox" aria-label={label} className={styles.list}>
        {shown.map((item, at) => {
          const heading = item.group && item.group !== shown[at - 1]?.group ? item.group : null;
          return [
            heading && (
              <li key={`group ${heading}`} role="presentation" className={styles.group}>
                {heading}
              </li>
            ),
            <li
              key={item.key}
              id={`${id}-${item.key}`}
              role="option"
              aria-selected={item === current}
              className={styles.item}
              data-active={item === current || undefined}
              onPointerMove={() => setActive(item.key)}
              onClick={() => onPick(item)}
            >
              {item.icon}
              <span className={styles.name}>{item.label}</span>
              {item.note && <span className={styles.note}>{item.note}</span>}
              {chosen === item.key && <Check className={styles.tick} aria-label="chosen" />}
            </li>,
          ];
        })}
      </ul>
    </div>
  );
}
