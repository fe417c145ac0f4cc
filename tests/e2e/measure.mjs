// What the measuring programs share: a browser that keeps files as a visitor's would, what Chromium
// says about a page, and tables in the documentation.
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import tls from 'node:tls';
import { launch, url } from './support.mjs';

/**
 * A browser that takes the server's certificate for a good one: Chromium keeps nothing in its cache
 * that came over a connection it was told to accept in spite of an error.
 */
export async function launchTrusting() {
    return launch([`--ignore-certificate-errors-spki-list=${await keyDigest()}`]);
}

function keyDigest() {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
        const socket = tls.connect({ host: hostname, port: port || 443, rejectUnauthorized: false }, () => {
            const { publicKey } = new X509Certificate(socket.getPeerCertificate().raw);
            socket.destroy();
            const key = publicKey.export({ type: 'spki', format: 'der' });
            resolve(createHash('sha256').update(key).digest('base64'));
        });
        socket.on('error', reject);
    });
}

/** A signed-in visitor with an empty cache, whose pages note what Chromium says about them. */
export async function visitor(browser, token, { width = 1440, height = 900 } = {}) {
    const context = await browser.newContext({ viewport: { width, height } });
    await context.addInitScript(
        (value) => localStorage.setItem('FLEET::auth_token', value),
        token,
    );
    await context.addInitScript(observe);
    return context;
}

/** Runs in the page, before anything of it. */
function observe() {
    const seen = { lcp: 0, largest: '', shifts: [], tasks: [], events: [], filled: 0 };
    globalThis.fleetVitals = seen;
    const words = (node) => {
        const element = node instanceof Element ? node : node?.parentElement;
        const name = element?.getAttribute('aria-label') || element?.textContent?.trim().slice(0, 40);
        return element ? `${element.tagName.toLowerCase()} "${name}"` : 'gone';
    };
    const watch = (type, take, more = {}) =>
        new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
            type,
            buffered: true,
            ...more,
        });
    watch('largest-contentful-paint', (entry) => {
        seen.lcp = entry.startTime;
        seen.largest = words(entry.element);
    });
    const moved = ({ node, previousRect: from, currentRect: to }) =>
        `${words(node)} by ${Math.round(to.x - from.x)}, ${Math.round(to.y - from.y)}`;
    watch('layout-shift', ({ value, startTime, hadRecentInput, sources }) => {
        if (hadRecentInput) return;
        seen.shifts.push({ value, at: startTime, what: sources.map(moved) });
    });
    watch('longtask', ({ duration, startTime }) => seen.tasks.push({ duration, at: startTime }));
    const handled = ({ interactionId, duration }) => interactionId && seen.events.push(duration);
    watch('event', handled, { durationThreshold: 16 });
    // The moment at which the last placeholder made room for what it stood for.
    let waiting = false;
    new MutationObserver(() => {
        const now = document.querySelector('[aria-label="Loading"]') !== null;
        if (waiting && !now) seen.filled = performance.now();
        waiting = now;
    }).observe(document, { childList: true, subtree: true });
}

/** What the page has noted since it began, and what has been sent for it. */
export async function vitals(page) {
    const seen = await page.evaluate(() => {
        const parts = [
            ...performance.getEntriesByType('navigation'),
            ...performance.getEntriesByType('resource'),
        ].sort((a, b) => b.transferSize - a.transferSize);
        return {
            ...globalThis.fleetVitals,
            bytes: parts.reduce((sum, { transferSize }) => sum + transferSize, 0),
            heaviest: { name: new URL(parts[0].name).pathname, bytes: parts[0].transferSize },
        };
    });
    return {
        ...seen,
        cls: cumulativeShift(seen.shifts),
        longest: Math.max(0, ...seen.tasks.map(({ duration }) => duration)),
        event: Math.max(0, ...seen.events),
    };
}

/** The worst burst of shifts: less than a second between them, at most five in all. */
function cumulativeShift(shifts) {
    let worst = 0;
    let burst = { sum: 0, began: -Infinity, last: -Infinity };
    for (const { value, at } of shifts) {
        const goesOn = at - burst.last < 1000 && at - burst.began < 5000;
        burst = goesOn
            ? { ...burst, sum: burst.sum + value, last: at }
            : { sum: value, began: at, last: at };
        worst = Math.max(worst, burst.sum);
    }
    return worst;
}

export function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

export function markdown(header, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** One sentence for those who compare figures. */
export function machine(browser) {
    const cpus = os.cpus();
    const memory = Math.round(os.totalmem() / 2 ** 30);
    return `${cpus.length} × ${cpus[0]?.model.trim()}, ${memory} GiB; Chromium ${browser.version()}.`;
}

/** Puts `text` between `<!-- name -->` and `<!-- /name -->` of a page of the documentation. */
export function fill(file, name, text) {
    const before = readFileSync(file, 'utf8');
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const start = before.indexOf(open);
    const end = before.indexOf(close);
    if (start < 0 || end < start) throw new Error(`${file} has no place for ${name}`);
    writeFileSync(file, `${before.slice(0, start + open.length)}\n${text}\n${before.slice(end)}`);
}
