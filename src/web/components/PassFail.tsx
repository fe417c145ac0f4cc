import { Link } from '@tanstack/react-router';
import { count, empty } from '@/lib/format';
import styles from './PassFail.module.css';

interface Counts {
  id: number;
  passing_host_count: number;
  failing_host_count: number;
  host_count_updated_at: string | null;
}

/** Nobody has answered while nothing was counted. */
export function isAnswered(policy: Counts): boolean {
  return (
    policy.host_count_updated_at !== null ||
    policy.passing_host_count + policy.failing_host_count > 0
  );
}

/** How many hosts pass or fail; the number leads to them. */
export function HostsOfPolicy({
  policy,
  response,
  team,
}: {
  policy: Counts;
  response: 'passing' | 'failing';
  team: number | undefined;
}) {
  if (!isAnswered(policy)) {
    return <span title="No host has answered yet.">{empty}</span>;
  }
  const n = response === 'passing' ? policy.passing_host_count : policy.failing_host_count;
  return (
    <Link
      to="/hosts/manage"
      search={{ policy_id: policy.id, policy_response: response, team_id: team }}
      className={response === 'failing' && n > 0 ? styles.failing : styles.passing}
      aria-label={`${count(n)} ${n === 1 ? 'host' : 'hosts'} ${response}`}
    >
      {count(n)}
    </Link>
  );
}

/** Both numbers and the share that passes, on one line. */
export function PassFail({ policy, team }: { policy: Counts; team: number | undefined }) {
  const total = policy.passing_host_count + policy.failing_host_count;
  const share = total > 0 ? (policy.passing_host_count / total) * 100 : 0;
  return (
    <span className={styles.line}>
      <span className={styles.bar} data-unknown={total === 0 || undefined} aria-hidden>
        <span style={{ width: `${share}%` }} />
      </span>
      <span>
        <HostsOfPolicy policy={policy} response="passing" team={team} /> pass
      </span>
      <span>
        <HostsOfPolicy policy={policy} response="failing" team={team} /> fail
      </span>
    </span>
  );
}
