export type Theme = 'system' | 'light' | 'dark';

const key = 'FLEET::theme';

/** The chosen theme; `public/theme.js` applies the same key before the first paint. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function setTheme(next: Theme): void {
  const root = document.documentElement;
  if (next === 'system') delete root.dataset.theme;
  else root.dataset.theme = next;
  try {
    if (next === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, next);
  } catch {
    // The choice lasts until the page is closed.
  }
}
