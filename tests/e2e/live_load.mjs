// A live query whose rows arrive from thousands of hosts, as the browser goes through it: how long
// its main thread was kept from people, whether every row came, and whether the table moves.
// tests/bench/run.sh rows starts it; by hand, on a server with many hosts online:
//   source build/preview/preview.env && node tests/e2e/live_load.mjs [--rows 10] [--write FILE]
import { parseArgs } from 'node:util';
import { fill, launchTrusting, machine, markdown, visitor, vitals } from './measure.mjs';
import { signIn, url } from './support.mjs';

const longestTask = 200;
const { values: options } = parseArgs({
    options: { rows: { type: 'string', default: '10' }, write: { type: 'string' } },
});
const each = Number(options.rows);
const sql = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${each})
SELECT i AS number, hostname, uuid, 'port ' || (20000 + i) AS port, 'a value of some length, as rows have' AS value
FROM n, system_info`;

const token = await signIn();
const browser = await launchTrusting();
const context = await visitor(browser, token);
const page = await context.newPage();
page.setDefaultTimeout(180_000);
const problems = [];
page.on('pageerror', (error) => problems.push(error.message));

await page.goto(`${url}/queries/new/live?${new URLSearchParams({ sql })}`);
await page.getByRole('button', { name: /^All hosts/ }).click();
await page.getByText(/hosts? targeted/).waitFor();
await page.evaluate(watchFrames);
const began = Date.now();
await page.getByRole('button', { name: 'Run', exact: true }).click();

const grid = page.getByRole('table', { name: 'Results' });
await grid.getByRole('row').nth(1).waitFor();
const first = Date.now();
const { moved, last } = await scrollWhileArriving();
const rows = await rowCount();
const arriving = await part();
// How many were asked is what the page says when it is done.
const hosts = await onlineHosts();
const wanted = hosts * each;

// All rows are there: what people do with them.
const end = await toEnd();
await part();
await grid.getByRole('button', { name: 'port' }).click();
await page.waitForURL(/order_key=port/);
const sorting = await part();
await grid.getByLabel('Filter hostname').pressSequentially('a1', { delay: 50 });
await page.getByText(/of [\d,]+ rows?$/).waitFor();
const filtering = await part();
await grid.getByLabel('Filter hostname').fill('');
await page.getByRole('tab', { name: /Hosts/ }).click();
const targets = page.getByRole('table', { name: 'Targeted hosts' });
await targets.getByRole('row').nth(1).waitFor();
const waiting = await page.getByRole('button', { name: /^(Waiting|No answer) / }).count();
const states = await part();
const heap = await page.evaluate(() => performance.memory.usedJSHeapSize / 2 ** 20);
await context.close();

if (rows !== wanted) problems.push(`${rows} rows came, not ${wanted}`);
if (!moved) problems.push('the table did not scroll while rows arrived');
if (!end) problems.push('the end of the table cannot be reached');
if (waiting) problems.push('hosts were left without a state');
for (const [name, { longest }] of Object.entries({ arriving, sorting, filtering, states })) {
    if (longest > longestTask) problems.push(`a task of ${Math.round(longest)} ms while ${name}`);
}

const ms = (value) => (value < 50 ? '< 50' : String(Math.round(value)));
const table = markdown(
    ['while', 'longest task, ms', 'tasks over 50 ms', 'longest time between two frames, ms'],
    [
        [`${rows.toLocaleString('en')} rows arrive in ${((last - first) / 1000).toFixed(1)} s, and somebody scrolls`, arriving],
        ['sorting them', sorting],
        ['filtering them, letter by letter', filtering],
        ['showing the state of every host', states],
    ].map(([name, { longest, tasks, gap }]) => [name, ms(longest), tasks, Math.round(gap)]),
);
const about =
    `${hosts.toLocaleString('en')} hosts, ${each} rows of five columns each; the first one was on screen ` +
    `${first - began} ms after Run; ${Math.round(heap)} MiB of JavaScript objects at the end. ${machine(browser)}`;
await browser.close();
console.log(`${table}\n\n${about}`);
if (options.write) fill(options.write, 'live', `${table}\n\n${about}`);
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);

/** In the page: the longest time in which nothing could be drawn. */
function watchFrames() {
    const seen = { gap: 0 };
    globalThis.fleetFrames = seen;
    let before = performance.now();
    const frame = (now) => {
        seen.gap = Math.max(seen.gap, now - before);
        before = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}

/** What has happened since the last call. */
async function part() {
    // A task is told of after it has ended.
    await page.waitForTimeout(300);
    const { tasks, longest } = await vitals(page);
    const gap = await page.evaluate(() => {
        const { gap: longestGap } = globalThis.fleetFrames;
        globalThis.fleetFrames.gap = 0;
        globalThis.fleetVitals.tasks = [];
        return longestGap;
    });
    return { tasks: tasks.length, longest, gap };
}

/** How many rows the page says it has. */
async function rowCount() {
    return Number(await grid.getAttribute('aria-rowcount')) - 1;
}

function ended() {
    return page.getByText(/^(Finished|Stopped|Failed|Row limit reached)$/).count();
}

function firstShown() {
    return grid
        .getByRole('row')
        .nth(1)
        .getAttribute('aria-rowindex');
}

async function onlineHosts() {
    const text = await page.locator('dl dt').filter({ hasText: 'online hosts answered' }).innerText();
    return Number(text.replace(/\D/g, ''));
}

/** Turns the wheel over the table until the run has ended, or nothing has come for a minute. */
async function scrollWhileArriving() {
    const places = new Set();
    const box = await grid.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    let last = Date.now();
    let before = 0;
    for (let turn = 0; !(await ended()) && Date.now() - last < 60_000; turn += 1) {
        await page.mouse.wheel(0, turn % 8 < 6 ? 1200 : -1800);
        places.add(await firstShown());
        const now = await rowCount();
        if (now > before) last = Date.now();
        before = now;
        await page.waitForTimeout(100);
    }
    return { moved: places.size > 3, last };
}

async function toEnd() {
    await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    const lastRow = grid.locator(`[aria-rowindex="${rows + 1}"]`);
    return lastRow.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
    );
}
