import { Download } from 'lucide-react';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/States';
import { VirtualGrid } from '@/components/VirtualGrid';
import { downloadCsv, toCsv } from '@/lib/csv';
import { plural } from '@/lib/format';
import type { Snapshot } from './store';
import styles from './Live.module.css';

const columns = [
  { id: 'host', label: 'Host', width: 240 },
  { id: 'message', label: 'Error', width: 360, grow: true },
];

/** Which hosts could not run the query, in osquery's words. */
export function ErrorsTable({ snapshot, name }: { snapshot: Snapshot; name: string }) {
  const { errors, errorCount } = snapshot;
  if (errorCount === 0) {
    return (
      <EmptyState compact title="No errors">
        A host that cannot run the query appears here with the reason.
      </EmptyState>
    );
  }
  const exportCsv = () =>
    downloadCsv(
      `${name} errors`,
      toCsv(
        ['Host', 'Error'],
        errors.map((error) => [error.host, error.message]),
      ),
    );
  return (
    <>
      <div className={styles.filterBar}>
        <span>{plural(errorCount, 'error')}</span>
        <span style={{ flex: 1 }} />
        <Button size="s" icon={<Download />} onClick={exportCsv}>
          Export CSV
        </Button>
      </div>
      <VirtualGrid
        caption="Errors"
        columns={columns}
        rowCount={errorCount}
        cell={(index, column) => {
          const error = errors[index];
          return { text: (column === 'host' ? error?.host : error?.message) ?? '' };
        }}
      />
    </>
  );
}
