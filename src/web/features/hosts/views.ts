import { useState } from 'react';
import { stringifySearch } from '@/lib/search';
import type { HostsSearch } from './search';

/** A named address of the hosts list. Kept in this browser. */
export interface View {
  name: string;
  search: string;
}

const key = 'FLEET::host_views';
const most = 30;

/** What makes a view: filters and order, not the page one happens to be on. */
export function viewOf(search: HostsSearch): string {
  return stringifySearch({ ...search, page: undefined, add_hosts: undefined });
}

function read(): View[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(value) ? value.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is View {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'search' in value &&
    typeof value.search === 'string'
  );
}

/** A name belongs to one view: saving it again replaces that. */
export function withView(views: readonly View[], view: View): View[] {
  const others = views.filter((each) => each.name !== view.name);
  return [...others, view].sort((a, b) => a.name.localeCompare(b.name)).slice(0, most);
}

export function useViews() {
  const [views, setViews] = useState(read);
  const store = (next: View[]) => {
    setViews(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // They last until the page is closed.
    }
  };
  return {
    views,
    save: (view: View) => store(withView(views, view)),
    remove: (name: string) => store(views.filter((each) => each.name !== name)),
  };
}
