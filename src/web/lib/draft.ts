/** SQL travels between pages in the URL while it is short, else through the tab's storage. */

const key = 'FLEET::draft_sql';
const longest = 1500;

export interface SqlSearch {
  sql?: string;
  draft?: true;
}

export function sqlToSearch(sql: string): SqlSearch {
  if (sql.length <= longest) return { sql, draft: undefined };
  try {
    sessionStorage.setItem(key, sql);
  } catch {
    return {};
  }
  return { sql: undefined, draft: true };
}

export function sqlFromSearch(search: SqlSearch): string {
  if (search.sql) return search.sql;
  if (!search.draft) return '';
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}
