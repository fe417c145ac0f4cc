/** Whether times are shown in UTC instead of the browser's zone. */

const key = 'FLEET::utc';
let chosen = read();

function read(): boolean {
  try {
    return localStorage.getItem(key) === 'true';
  } catch {
    return false;
  }
}

export function usesUtc(): boolean {
  return chosen;
}

export function setUtc(next: boolean): void {
  chosen = next;
  try {
    if (next) localStorage.setItem(key, 'true');
    else localStorage.removeItem(key);
  } catch {
    // The choice lasts until the page is closed.
  }
}
