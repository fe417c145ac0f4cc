import type { HostUser } from '@/api/types';
import { Card } from '@/components/Page';
import { SearchInput } from '@/components/Toolbar';
import { count, text } from '@/lib/format';
import styles from './Host.module.css';

interface Props {
  users: readonly HostUser[];
  search: string;
  onSearch: (text: string) => void;
}

/** Accounts on the host itself. */
export function UsersCard({ users, search, onSearch }: Props) {
  const needle = search.toLowerCase();
  const found = users.filter((user) =>
    [user.username, user.groupname, user.shell, user.type].some((field) =>
      (field ?? '').toLowerCase().includes(needle),
    ),
  );
  return (
    <Card title={`Local users${users.length > 0 ? ` (${count(users.length)})` : ''}`} flush>
      {users.length === 0 ? (
        <p className={styles.nonePadded}>The host has not reported its users yet.</p>
      ) : (
        <>
          <div className={styles.search}>
            <SearchInput label="Search users" value={search} onChange={onSearch} delay={150} />
          </div>
          {found.length === 0 ? (
            <p className={styles.nonePadded}>No user matches “{search}”.</p>
          ) : (
            <div className={styles.usersScroll} tabIndex={0} role="region" aria-label="Local users">
              <table className={styles.users}>
                <thead>
                  <tr>
                    <th scope="col">Username</th>
                    <th scope="col">Group</th>
                    <th scope="col">Shell</th>
                  </tr>
                </thead>
                <tbody>
                  {found.map((user) => (
                    <tr key={`${user.uid ?? ''}-${user.username}`}>
                      <td>{user.username}</td>
                      <td>{text(user.groupname)}</td>
                      <td>
                        <code>{text(user.shell)}</code>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
    </Card>
  );
}
