import type { Query } from '@/api/types';
import { Banner } from '@/components/States';
import styles from './Queries.module.css';

/** What the server noticed about the SQL when it was saved. */
export function SavedWarnings({ query }: { query: Query }) {
  if (!query.warnings || query.warnings.length === 0) return null;
  return (
    <Banner kind="warn">
      <ul className={styles.warnings}>
        {query.warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </Banner>
  );
}
