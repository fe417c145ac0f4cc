import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { groupTitles, sectionGroups, type SectionGroup } from '@/features/settings/sections';
import { cx } from '@/lib/cx';
import { can } from '@/lib/permissions';
import styles from './SettingsLayout.module.css';

const groups = Object.keys(sectionGroups) as SectionGroup[];

/** The settings' pages and, beside them or folded above them, the way between them. */
export function SettingsLayout() {
  const me = useQuery(meQuery).data?.user;
  const path = useLocation({ select: (location) => location.pathname });
  const [openAt, setOpenAt] = useState<string | null>(null);
  const open = openAt === path;
  return (
    <div className={styles.layout}>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={open}
        aria-controls="settings-nav"
        onClick={() => setOpenAt(open ? null : path)}
      >
        All settings <ChevronDown aria-hidden />
      </button>
      <nav id="settings-nav" className={cx(styles.nav, open && styles.open)} aria-label="Settings">
        {(can(me, 'users.write') || can(me, 'teams.write')) && (
          <div>
            <h2>People and teams</h2>
            {can(me, 'users.write') && me?.global_role && <Link to="/settings/users">Users</Link>}
            <Link to="/settings/teams">Teams</Link>
          </div>
        )}
        {can(me, 'config.write') &&
          groups.map((group) => (
            <div key={group}>
              <h2>{groupTitles[group]}</h2>
              {sectionGroups[group].map((section) => (
                <Link
                  key={section.id}
                  to={`/settings/${group}/$section`}
                  params={{ section: section.id }}
                >
                  {section.title}
                </Link>
              ))}
            </div>
          ))}
      </nav>
      <Outlet />
    </div>
  );
}
