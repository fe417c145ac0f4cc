import { useEffect, useEffectEvent } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { goKeys } from './sections';

interface Does {
  onHelp: () => void;
  onPalette: () => void;
}

/**
 * Ctrl/Cmd+K opens the palette, `/` finds the search field, `g` and a letter goes to a page, `?` asks
 * for help.
 */
export function useShortcuts({ onHelp, onPalette }: Does): void {
  const navigate = useNavigate();
  const help = useEffectEvent(onHelp);
  const palette = useEffectEvent(onPalette);

  useEffect(() => {
    let going = 0;
    const onKey = (event: KeyboardEvent) => {
      if (isPaletteKey(event)) {
        event.preventDefault();
        palette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="menu"]')) return;
      const page = goKeys[event.key];
      if (page && Date.now() - going < 1500) {
        event.preventDefault();
        going = 0;
        void navigate({ to: page.to });
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

function isPaletteKey(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k';
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
