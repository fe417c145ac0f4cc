const plainNumber = /^[+-]?\d+(\.\d+)?$/;

/** One CSV cell: quoted when needed, and never something a spreadsheet would run as a formula. */
export function csvCell(value: unknown): string {
  let text = value == null ? '' : String(value);
  if (/^[=+\-@\t\r]/.test(text) && !plainNumber.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A whole table as RFC 4180 text. */
export function toCsv(header: readonly string[], rows: Iterable<readonly unknown[]>): string {
  const lines = [header.map(csvCell).join(',')];
  for (const row of rows) lines.push(row.map(csvCell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** `<what> YYYY-MM-DD.csv` in the reader's time zone. */
export function csvFileName(what: string, day: Date = new Date()): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  const date = `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
  return `${what.replace(/[\\/:*?"<>|]+/g, ' ').trim()} ${date}.csv`;
}

/** Hands a blob to the browser's download list. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function downloadCsv(what: string, csv: string): void {
  download(new Blob([csv], { type: 'text/csv;charset=utf-8' }), csvFileName(what));
}
