import { Dialog } from '@/components/Dialog';
import styles from './ShortcutsDialog.module.css';

const shortcuts: [keys: string[], does: string][] = [
  [['/'], 'Search on this page'],
  [['g', 'h'], 'Go to hosts'],
  [['g', 'q'], 'Go to queries'],
  [['g', 'l'], 'Go to a new live query'],
  [['Ctrl', 'Enter'], 'In the SQL editor: run or save'],
  [['Esc'], 'Clear a search, leave the editor, close what is on top'],
  [['?'], 'This list'],
];

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className={styles.list}>
        {shortcuts.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
