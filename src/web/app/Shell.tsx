import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import {
  BookOpen,
  CircleUser,
  History,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  Search,
  Settings,
  Sun,
  Tag,
  Zap,
} from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { User } from '@/api/types';
import { buttonClass } from '@/components/Button';
import { Logo } from '@/components/Logo';
import { Menu, MenuItem, MenuLabel, MenuRadio, MenuSeparator } from '@/components/Menu';
import { basePath } from '@/lib/base';
import { can } from '@/lib/permissions';
import type { TeamSearch } from '@/lib/team';
import { setTheme, theme, type Theme } from '@/lib/theme';
import { noteVisit } from './recent';
import { sections } from './sections';
import { useShortcuts } from './useShortcuts';
import styles from './Shell.module.css';

const ShortcutsDialog = lazy(() => import('./ShortcutsDialog'));
const loadPalette = () => import('./Palette');
const Palette = lazy(loadPalette);

const themes = [
  { value: 'system' as Theme, label: 'As the system', icon: <Monitor aria-hidden /> },
  { value: 'light' as Theme, label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark' as Theme, label: 'Dark', icon: <Moon aria-hidden /> },
];

/** Top bar and the page below it. */
export function Shell() {
  const me = useQuery(meQuery);
  const main = useRef<HTMLElement>(null);
  const [layer, setLayer] = useState<'help' | 'palette' | null>(null);
  const path = useLocation({ select: (location) => location.pathname });
  const team = useLocation({ select: (location) => (location.search as TeamSearch).team_id });
  const section = path.split('/')[1];
  useShortcuts({ onHelp: () => setLayer('help'), onPalette: () => setLayer('palette') });
  useRecent(path);
  useEffect(() => {
    // People type at once after opening it: it should be there by then.
    const timer = setTimeout(() => void loadPalette(), 2000);
    return () => clearTimeout(timer);
  }, []);

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
          {sections
            .filter((each) => each.inBar)
            .map((each) => (
              <Link
                key={each.to}
                to={each.to}
                search={(each.perTeam ? { team_id: team } : {}) as never}
                data-active={section === each.path || undefined}
                aria-current={section === each.path ? 'page' : undefined}
              >
                {each.name}
              </Link>
            ))}
        </nav>
        <div className={styles.right}>
          <button
            type="button"
            className={styles.find}
            aria-keyshortcuts="Control+K"
            onClick={() => setLayer('palette')}
          >
            <Search aria-hidden />
            <span>Find</span>
            <kbd>Ctrl K</kbd>
          </button>
          {/* Its place is kept until it is known whether it is for this person. */}
          {(me.isPending || can(me.data?.user, 'queries.run_sql')) && (
            <Link
              to="/queries/new/live"
              className={buttonClass({ look: 'primary', size: 's' })}
              aria-label="Live query"
              style={me.isPending ? { visibility: 'hidden' } : undefined}
            >
              <Zap aria-hidden /> <span className={styles.wide}>Live query</span>
            </Link>
          )}
          <UserMenu
            name={me.data?.user.name ?? ''}
            email={me.data?.user.email ?? ''}
            settings={mayManage(me.data?.user)}
            onHelp={() => setLayer('help')}
          />
        </div>
      </header>
      <main ref={main} id="main" tabIndex={-1}>
        <Outlet />
      </main>
      {layer && (
        <Suspense>
          {layer === 'help' && <ShortcutsDialog onClose={() => setLayer(null)} />}
          {layer === 'palette' && <Palette onClose={() => setLayer(null)} />}
        </Suspense>
      )}
    </div>
  );
}

/** Notes the objects that somebody looks at, once their page knows its title. */
function useRecent(path: string) {
  useEffect(() => {
    const timer = setTimeout(() => noteVisit(path, document.title), 1500);
    return () => clearTimeout(timer);
  }, [path]);
}

function UserMenu({
  name,
  email,
  settings,
  onHelp,
}: {
  name: string;
  email: string;
  settings: boolean;
  onHelp: () => void;
}) {
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
      {settings && (
        <MenuItem
          icon={<Settings aria-hidden />}
          onSelect={() => void navigate({ to: '/settings' })}
        >
          Settings
        </MenuItem>
      )}
      <MenuItem icon={<Tag aria-hidden />} onSelect={() => void navigate({ to: '/labels/manage' })}>
        Manage labels
      </MenuItem>
      <MenuItem icon={<History aria-hidden />} onSelect={() => void navigate({ to: '/activity' })}>
        Activity
      </MenuItem>
      <MenuItem
        icon={<BookOpen aria-hidden />}
        onSelect={() => window.open(`${basePath}/api/docs`, '_blank', 'noreferrer')}
      >
        API documentation
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

/** Whether any page of the settings is for this person. */
function mayManage(user: User | undefined): boolean {
  return can(user, 'config.write') || can(user, 'users.write') || can(user, 'teams.write');
}

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '') + (words[1]?.[0] ?? '')).toUpperCase();
}
