/** The objects looked at last, for the palette; kept in this browser. */

export interface Visit {
  href: string;
  title: string;
}

const key = 'FLEET::recent';
const most = 8;
const objects = /^\/(hosts|queries|policies|labels|software\/(titles|versions))\/\d+(\/|$)/;

export function recentVisits(): Visit[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(value) ? value.filter(isVisit).slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Notes a page if it shows one object; its tabs and its edit page count as the same. */
export function withVisit(known: readonly Visit[], path: string, title: string): Visit[] {
  if (!objects.test(path)) return [...known];
  const name = title.replace(/ \| Fleet$/, '').replace(/^(Edit|Live:) /, '');
  const place = (href: string) => href.split('/').slice(0, 3).join('/');
  const others = known.filter((visit) => place(visit.href) !== place(path));
  const href = path.replace(/\/(edit|live)$/, '');
  return [{ href, title: name }, ...others].slice(0, most);
}

export function noteVisit(path: string, title: string): void {
  if (!objects.test(path)) return;
  try {
    localStorage.setItem(key, JSON.stringify(withVisit(recentVisits(), path, title)));
  } catch {
    // Without storage the palette has no recent pages.
  }
}

function isVisit(value: unknown): value is Visit {
  return (
    typeof value === 'object' &&
    value !== null &&
    'href' in value &&
    typeof value.href === 'string' &&
    'title' in value &&
    typeof value.title === 'string'
  );
}
