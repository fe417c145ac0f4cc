/**
 * Where the application is mounted: '' or '/some/prefix', from the `<base>` element that the
 * server fills in. Never ends with a slash.
 */
export const basePath: string = readBase();

function readBase(): string {
  if (typeof document === 'undefined') return '';
  return new URL(document.baseURI).pathname.replace(/\/[^/]*$/, '');
}

/** Address of the plain web socket that streams live query results. */
export function resultsSocketUrl(location: { protocol: string; host: string }): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${location.host}${basePath}/api/v1/fleet/results/websocket`;
}
