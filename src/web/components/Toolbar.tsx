import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { ChevronLeft, ChevronRight, Search, X } from 'lucide-react';
import { count } from '@/lib/format';
import { pageSizes } from '@/lib/search';
import { Button, IconButton } from './Button';
import styles from './Toolbar.module.css';

export function Toolbar({ children }: { children: ReactNode }) {
  return <div className={styles.toolbar}>{children}</div>;
}

interface SearchProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  /** Reached by the `/` key. */
  primary?: boolean;
  delay?: number;
}

/** Waits until typing pauses before it reports; Esc clears. */
export function SearchInput({
  label,
  placeholder,
  value,
  onChange,
  primary,
  delay = 300,
}: SearchProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const report = useEffectEvent(onChange);

  // Back, Forward and "clear filters" change the value from outside.
  if (known !== value) {
    setKnown(value);
    if (typed.trim() !== value) setTyped(value);
  }

  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === value) return undefined;
    const timer = setTimeout(() => report(wanted), delay);
    return () => clearTimeout(timer);
  }, [typed, value, delay]);

  return (
    <div className={styles.search}>
      <Search aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={typed}
        data-primary-search={primary || undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed) {
            event.stopPropagation();
            setTyped('');
            onChange('');
          }
        }}
      />
      {typed && (
        <IconButton
          label="Clear search"
          onClick={() => {
            setTyped('');
            onChange('');
            input.current?.focus();
          }}
        >
          <X />
        </IconButton>
      )}
    </div>
  );
}

/** A filter with a word before its value, as a native select. */
export function FilterSelect({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <label className={styles.filter}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </label>
  );
}

interface PagerProps {
  page: number;
  perPage: number;
  shown: number;
  /** Unknown until the count, which travels on its own, has arrived. */
  total: number | undefined;
  onPage: (page: number) => void;
  /** Absent where the size is fixed. */
  onPerPage?: (perPage: number) => void;
}

export function Pager({ page, perPage, shown, total, onPage, onPerPage }: PagerProps) {
  const first = shown === 0 ? 0 : page * perPage + 1;
  const last = page * perPage + shown;
  const more = total === undefined ? shown === perPage : last < total;
  return (
    <nav className={styles.pager} aria-label="Pages">
      <span className={styles.range} aria-live="polite">
        {count(first)}–{count(last)}
        {total !== undefined && ` of ${count(total)}`}
      </span>
      {onPerPage && (
        <label className={styles.size}>
          <span>Rows</span>
          <select value={perPage} onChange={(event) => onPerPage(Number(event.target.value))}>
            {pageSizes.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
        </label>
      )}
      <Steps page={page} more={more} onPage={onPage} />
    </nav>
  );
}

/** Paging where nobody counts all rows. */
export function StepPager({
  page,
  perPage,
  shown,
  more,
  onPage,
}: {
  page: number;
  perPage: number;
  shown: number;
  more: boolean;
  onPage: (page: number) => void;
}) {
  return (
    <nav className={styles.pager} aria-label="Pages">
      <span className={styles.range} aria-live="polite">
        {count(shown === 0 ? 0 : page * perPage + 1)}–{count(page * perPage + shown)}
      </span>
      <Steps page={page} more={more} onPage={onPage} />
    </nav>
  );
}

function Steps({
  page,
  more,
  onPage,
}: {
  page: number;
  more: boolean;
  onPage: (page: number) => void;
}) {
  return (
    <div className={styles.steps}>
      <Button
        size="s"
        icon={<ChevronLeft />}
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      >
        Previous
      </Button>
      <Button size="s" disabled={!more} onClick={() => onPage(page + 1)}>
        Next
        <ChevronRight />
      </Button>
    </div>
  );
}

/** What is selected and what can be done with it. */
export function SelectionBar({ children, onClear }: { children: ReactNode; onClear: () => void }) {
  const clear = useEffectEvent(onClear);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const busy = document.querySelector('[role="dialog"], [role="menu"]');
      if (event.key === 'Escape' && !event.defaultPrevented && !busy) clear();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className={styles.selection} role="region" aria-label="Selection">
      {children}
      <Button size="s" look="quiet" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  );
}
