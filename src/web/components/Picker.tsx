import { useState, type ReactNode } from 'react';
import { Popover } from 'radix-ui';
import { ChevronDown } from 'lucide-react';
import { cx } from '@/lib/cx';
import { PickList, type PickItem } from './PickList';
import styles from './Picker.module.css';

interface Props<Item extends PickItem> {
  label: string;
  /** What the button shows. */
  children: ReactNode;
  items: readonly Item[];
  chosen?: string | undefined;
  onPick: (item: Item) => void;
  look?: 'field' | 'title' | 'quiet';
  icon?: ReactNode;
  disabled?: boolean;
}

// With fewer, reading is faster than typing.
const searchableFrom = 11;

/** A button that opens a list to choose from; long lists can be searched. */
export function Picker<Item extends PickItem>(props: Props<Item>) {
  const { label, children, items, chosen, onPick, look = 'field', icon, disabled } = props;
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className={cx(styles.trigger, styles[look])}
        disabled={disabled ?? false}
        aria-label={typeof children === 'string' ? `${label}: ${children}` : label}
      >
        {icon}
        <span>{children}</span>
        <ChevronDown aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.content}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          <PickList
            label={label}
            placeholder="Search"
            items={items}
            chosen={chosen}
            plain={items.length < searchableFrom}
            onPick={(item) => {
              setOpen(false);
              onPick(item);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
