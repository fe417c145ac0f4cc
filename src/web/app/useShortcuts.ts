import { useEffect, useEffectEvent } from 'react';
import { useNavigate } from '@tanstack/react-router';

const pages: Record<string, '/hosts/manage' | '/queries/manage' | '/queries/new/live'> = {
  h: '/hosts/manage',
  r: '/queries/manage',
  q: '/queries/manage',
  l: '/queries/new/live',
};

/** `/` finds the search field, `g` and a letter goes to a page, `?` asks for help. */
export function useShortcuts(onHelp: () => void): void {
  const navigate = useNavigate();
  const help = useEffectEvent(onHelp);

  useEffect(() => {
    let going = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="menu"]')) return;
      const page = pages[event.key];
      if (page && Date.now() - going < 1500) {
        event.preventDefault();
        going = 0;
        void navigate({ to: page });
      } else if (event.key === 'g') {
        going = Date.now();
      } else if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('[data-primary-search]')?.focus();
      } else if (event.key === '?') {
        help();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
