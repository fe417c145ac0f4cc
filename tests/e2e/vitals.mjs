// How fast pages are in front of a large fleet, in Chromium's own words: a table, and a status of 1
// when one of them misses its goal. tests/bench/run.sh pages starts it; by hand:
//   source build/preview/preview.env && node tests/e2e/vitals.mjs [--runs N] [--write FILE]
import { parseArgs } from 'node:util';
import { fill, launchTrusting, machine, markdown, median, visitor, vitals } from './measure.mjs';
import { call, signIn, url } from './support.mjs';

const goals = { lcp: 1500, cls: 0.02, event: 100 };
const { values: options } = parseArgs({
    options: { runs: { type: 'string', default: '5' }, write: { type: 'string' } },
});

const token = await signIn();
const { body } = await call('GET', '/api/latest/fleet/hosts?per_page=1&order_key=id', { token });
const { body: counted } = await call('GET', '/api/latest/fleet/hosts/count', { token });
const pages = [
    { name: 'dashboard', path: '/dashboard', press: (page) => link(page, 'Hosts') },
    { name: 'hosts', path: '/hosts/manage', press: (page) => header(page, 'Operating system') },
    {
        name: 'a host',
        path: `/hosts/${body.hosts[0].id}/details`,
        press: (page) =>
            page.getByRole('navigation', { name: 'About this host' }).getByRole('link', { name: /^Software/ }),
    },
    { name: 'queries', path: '/queries/manage', press: (page) => link(page, 'Policies') },
    { name: 'policies', path: '/policies/manage', press: (page) => link(page, 'Software') },
    { name: 'software', path: '/software/titles', press: (page) => header(page, 'Name') },
];

const link = (page, name) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });
const header = (page, name) => page.locator('thead').getByRole('button', { name });

/** Opens the page and lets it come to rest; then presses something, and says how that felt. */
async function visit(context, { path, press }) {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(`${url}${path}`, { waitUntil: 'networkidle' });
    await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null);
    // Counts and charts that come late would shift what is there.
    await page.waitForTimeout(1_000);
    const seen = await vitals(page);
    await press(page).first().click();
    await page.waitForLoadState('networkidle');
    const { event } = await vitals(page);
    await page.close();
    return { ...seen, event };
}

async function measure(browser, page) {
    const first = [];
    const again = [];
    for (let run = 0; run < Number(options.runs); run += 1) {
        const context = await visitor(browser, token);
        first.push(await visit(context, page));
        again.push(await visit(context, page));
        await context.close();
    }
    return { page, first, again, all: [...first, ...again] };
}

const of = (runs, key) => runs.map((run) => run[key]);
const worst = (runs, key) => Math.max(...of(runs, key));
const both = (runs, key) => `${Math.round(median(of(runs, key)))} (${Math.round(worst(runs, key))})`;
const kib = (runs) => Math.round(median(of(runs, 'bytes')) / 1024);
const heaviest = ([{ heaviest: one }]) =>
    `${one.name.replace(/^\/api\/latest\/fleet/, '').replaceAll(/\/\d+/g, '/:id')}, ${Math.round(one.bytes / 1024)}`;
const orLess = (value, least) => (value < least ? `< ${least}` : Math.round(value));

function row({ page, first, again, all }) {
    return [
        page.name,
        both(first, 'lcp'),
        both(again, 'lcp'),
        both(first, 'filled'),
        worst(all, 'cls').toFixed(3),
        orLess(worst(all, 'longest'), 50),
        both(all, 'event'),
        kib(first),
        kib(again),
        heaviest(again),
    ];
}

/** What was missed, in words that help to mend it. */
function misses({ page, first, all }) {
    const out = [];
    if (median(of(first, 'lcp')) > goals.lcp) out.push(`LCP is ${first[0].largest}`);
    if (worst(all, 'cls') > goals.cls) {
        const shifts = all.flatMap(({ shifts: each }) => each).sort((a, b) => b.value - a.value);
        for (const { value, what } of shifts.slice(0, 3)) {
            out.push(`shift of ${value.toFixed(3)}: ${what.join(', ')}`);
        }
    }
    if (median(of(all, 'event')) > goals.event) out.push('what was pressed took too long to show');
    return out.map((text) => `${page.name}: ${text}`);
}

const browser = await launchTrusting();
const results = [];
for (const page of pages) results.push(await measure(browser, page));
const table = markdown(
    ['page', 'LCP, first visit', 'LCP, again', 'last part there', 'CLS', 'longest task', 'a press', 'KiB, first visit', 'KiB, again', 'of which the largest answer'],
    results.map(row),
);
const about = `${counted.count.toLocaleString('en')} hosts, ${options.runs} runs. ${machine(browser)}`;
await browser.close();
console.log(`${table}\n\n${about}`);
if (options.write) fill(options.write, 'pages', `${table}\n\n${about}`);
const missed = results.flatMap(misses);
for (const text of missed) console.error(text);
process.exit(missed.length > 0 ? 1 : 0);
