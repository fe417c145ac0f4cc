import { lazy, Suspense, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { CircleUser, Keyboard, LogOut, Monitor, Moon, Sun, Zap } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { buttonClass } from '@/components/Button';
import { Logo } from '@/components/Logo';
import { Menu, MenuItem, MenuLabel, MenuRadio, MenuSeparator } from '@/components/Menu';
import { can } from '@/lib/permissions';
import { setTheme, theme, type Theme } from '@/lib/theme';
import { useShortcuts } from './useShortcuts';
import styles from './Shell.module.css';

const ShortcutsDialog = lazy(() => import('./ShortcutsDialog'));

const themes = [
  { value: 'system' as Theme, label: 'As the system', icon: <Monitor aria-hidden /> },
  { value: 'light' as Theme, label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark' as Theme, label: 'Dark', icon: <Moon aria-hidden /> },
];

/** Top bar and the page below it. */
export function Shell() {
  const me = useQuery(meQuery);
  const main = useRef<HTMLElement>(null);
  const [help, setHelp] = useState(false);
  const section = useLocation({ select: (location) => location.pathname.split('/')[1] });
  useShortcuts(() => setHelp(true));

  return (
    <div className={styles.shell}>
      <a
        href="#main"
        className={styles.skip}
        onClick={(event) => {
          // The base element would turn the fragment into another page.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to content
      </a>
      <header className={styles.bar}>
        <Link to="/" className={styles.logo} aria-label="Fleet home">
          <Logo />
          <span>Fleet</span>
        </Link>
        <nav className={styles.nav} aria-label="Main">
          <Link to="/hosts/manage" data-active={section === 'hosts' || undefined}>
            Hosts
          </Link>
          <Link to="/queries/manage" data-active={section === 'queries' || undefined}>
            Queries
          </Link>
        </nav>
        <div className={styles.right}>
          {can(me.data?.user, 'queries.run_sql') && (
            <Link
              to="/queries/new/live"
              className={buttonClass({ look: 'primary', size: 's' })}
              aria-label="Live query"
            >
              <Zap aria-hidden /> <span className={styles.wide}>Live query</span>
            </Link>
          )}
          <UserMenu
            name={me.data?.user.name ?? ''}
            email={me.data?.user.email ?? ''}
            onHelp={() => setHelp(true)}
          />
        </div>
      </header>
      <main ref={main} id="main" tabIndex={-1}>
        <Outlet />
      </main>
      {help && (
        <Suspense>
          <ShortcutsDialog onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </div>
  );
}

function UserMenu({ name, email, onHelp }: { name: string; email: string; onHelp: () => void }) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Theme>(theme);
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={styles.avatar}
          aria-label={`${initials(name || email)}: Account menu of ${name}`}
        >
          {initials(name || email)}
        </button>
      }
    >
      <MenuLabel>
        <span className={styles.who}>{name}</span>
        <br />
        {email}
      </MenuLabel>
      <MenuSeparator />
      <MenuItem
        icon={<CircleUser aria-hidden />}
        onSelect={() => void navigate({ to: '/account' })}
      >
        My account
      </MenuItem>
      <MenuItem icon={<Keyboard aria-hidden />} onSelect={onHelp}>
        Keyboard shortcuts
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuRadio
        label="Theme"
        value={chosen}
        options={themes}
        onChange={(next) => {
          setTheme(next);
          setChosen(next);
        }}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void navigate({ to: '/logout' })}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '') + (words[1]?.[0] ?? '')).toUpperCase();
}
