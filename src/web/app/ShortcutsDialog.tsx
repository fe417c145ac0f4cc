import { Dialog } from '@/components/Dialog';
import { sections } from './sections';
import styles from './ShortcutsDialog.module.css';

const shortcuts: [keys: string[], does: string][] = [
  [['Ctrl', 'K'], 'Find a page, host, query, policy or label'],
  [['/'], 'Search on this page'],
  ...sections.flatMap((section): [string[], string][] =>
    section.key
      ? [
          [
            ['g', section.key],
            `Go to ${section.name.charAt(0).toLowerCase()}${section.name.slice(1)}`,
          ],
        ]
      : [],
  ),
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
