// Pictures of the application's pages for the documentation, and for a look at all of them:
//   FLEET_E2E_HOSTS=60 tests/e2e/with_server.sh node tests/e2e/screenshots.mjs docs/screenshots [NAME...]
// Every page in both themes at 1440 px, the ones that people open on a phone at 360 px, too. What the
// pictures show is made first. NAME takes only these; copies without loss go to the folder $FLEET_PNG.
// Needs what the browser tests need (tests/run.sh e2e installs it).
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { liveSql, prepare } from './screenshots_data.mjs';
import { launch, open, signIn, url } from './support.mjs';

const [folder = 'docs/screenshots', ...only] = process.argv.slice(2);
const quality = 0.82;
const copies = process.env.FLEET_PNG;
const token = await signIn();
const browser = await launch();
mkdirSync(folder, { recursive: true });
if (copies) mkdirSync(copies, { recursive: true });
const made = await prepare(token);
const pages = listOfPages(made);
const painter = await browser.newPage();
const taken = [];
for (const theme of ['light', 'dark']) {
    await take(pages, { theme, width: 1440, height: 900 }, theme);
    await take(
        pages.filter((page) => page.phone),
        { theme, width: 360, height: 740 },
        `${theme}-360`,
    );
}
await browser.close();
if (only.length === 0) writeFileSync(path.join(folder, 'README.md'), contents());

/** Everything that can be seen, with what there is to see on it. */
function listOfPages({ host, title, query, policy, team, campaign }) {
    const fresh = process.env.FLEET_FRESH_URL;
    return [
        { name: 'login', path: '/login', stranger: true, phone: true },
        { name: 'forgotten-password', path: '/login/forgot', stranger: true },
        { name: 'setup', path: '/setup', stranger: true, base: fresh, skip: !fresh },
        { name: 'dashboard', path: '/dashboard', phone: true },
        { name: 'dashboard-board', path: '/dashboard?chart=board&days=30' },
        { name: 'hosts', path: '/hosts/manage', phone: true },
        { name: 'hosts-filtered', path: '/hosts/manage?platform=linux&status=online&low_disk_space=90' },
        { name: 'hosts-selected', path: '/hosts/manage?per_page=20', ready: selectSome },
        { name: 'add-hosts', path: '/hosts/manage?add_hosts=true' },
        { name: 'host', path: `/hosts/${host}/details`, phone: true },
        { name: 'host-software', path: `/hosts/${host}/software` },
        { name: 'host-queries', path: `/hosts/${host}/queries` },
        { name: 'host-policies', path: `/hosts/${host}/policies` },
        { name: 'host-activity', path: `/hosts/${host}/activity` },
        { name: 'labels', path: '/labels/manage' },
        { name: 'label-new', path: '/labels/new/attributes' },
        { name: 'software', path: '/software/titles', phone: true },
        { name: 'software-versions', path: '/software/versions' },
        { name: 'software-title', path: `/software/titles/${title}` },
        { name: 'queries', path: '/queries/manage', phone: true },
        { name: 'query', path: `/queries/${query}` },
        { name: 'query-edit', path: `/queries/${query}/edit`, ready: editor },
        { name: 'live-query', path: `/queries/new/live?sql=${encodeURIComponent(liveSql)}`, ready: chooseAll },
        { name: 'live-results', path: `/queries/new/live?campaign=${campaign}`, ready: finished, phone: true },
        { name: 'policies', path: '/policies/manage', phone: true },
        { name: 'policy', path: `/policies/${policy}` },
        { name: 'policy-edit', path: `/policies/${policy}/edit`, ready: editor },
        { name: 'policy-templates', path: '/policies/new' },
        { name: 'activity', path: '/activity' },
        { name: 'palette', path: '/dashboard', ready: palette },
        { name: 'users', path: '/settings/users' },
        { name: 'user-new', path: '/settings/users/new' },
        { name: 'teams', path: '/settings/teams' },
        { name: 'team', path: `/settings/teams/members?team_id=${team}` },
        { name: 'settings', path: '/settings/organization/info' },
        { name: 'settings-agents', path: '/settings/organization/agents', ready: editor },
        { name: 'settings-mail', path: '/settings/organization/smtp' },
        { name: 'settings-sso', path: '/settings/integrations/sso' },
        { name: 'settings-webhooks', path: '/settings/integrations/webhooks' },
        { name: 'account', path: '/account', phone: true },
    ].filter((page) => !page.skip && (only.length === 0 || only.includes(page.name)));
}

async function take(list, options, suffix) {
    const signedIn = await open(browser, { ...options, token });
    const stranger = await open(browser, options);
    // The run whose rows are shown was made elsewhere: its text is remembered by the browser.
    await signedIn.page.addInitScript(
        (run) => localStorage.setItem('FLEET::live_runs', JSON.stringify([run])),
        { campaign: made.campaign, sql: liveSql, startedAt: made.startedAt },
    );
    for (const { name, path: address, base = url, stranger: outside, ready } of list) {
        const { page } = outside ? stranger : signedIn;
        await page.goto(`${base}${address}`);
        await page.waitForLoadState('networkidle');
        await ready?.(page);
        const file = path.join(folder, `${name}-${suffix}.webp`);
        const png = await page.screenshot();
        writeFileSync(file, await webp(png));
        if (copies) writeFileSync(path.join(copies, `${name}-${suffix}.png`), png);
        taken.push({ name, suffix });
        console.log(file);
    }
    await signedIn.close();
    await stranger.close();
}

/** Half as large as a JPEG that looks the same. */
async function webp(png) {
    const text = await painter.evaluate(
        async ([data, level]) => {
            const image = new Image();
            image.src = `data:image/png;base64,${data}`;
            await image.decode();
            const canvas = document.createElement('canvas');
            canvas.width = image.width;
            canvas.height = image.height;
            canvas.getContext('2d').drawImage(image, 0, 0);
            return canvas.toDataURL('image/webp', level).split(',')[1];
        },
        [png.toString('base64'), quality],
    );
    return Buffer.from(text, 'base64');
}

async function editor(page) {
    await page.locator('.cm-content').waitFor();
}

async function chooseAll(page) {
    await editor(page);
    await page.getByRole('button', { name: /^All hosts/ }).click();
    await page.getByText(/hosts? targeted/).waitFor();
}

async function finished(page) {
    await page.getByText('Finished', { exact: true }).waitFor({ timeout: 60_000 });
}

async function palette(page) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Find/ }).waitFor();
    await page.keyboard.type('po');
    await page.getByRole('option').first().waitFor();
}

async function selectSome(page) {
    for (const n of [0, 1, 3]) await page.locator('tbody input[type=checkbox]').nth(n).click();
}

/** A page on which all pictures can be seen. */
function contents() {
    const names = [...new Set(taken.map(({ name }) => name))];
    const has = (name, suffix) => taken.some((one) => one.name === name && one.suffix === suffix);
    const cell = (name, suffix) => (has(name, suffix) ? `[${suffix}](${name}-${suffix}.webp)` : '');
    return `# Pictures of every page

Made by \`tests/e2e/screenshots.mjs\`, whose head says how. Hosts, people and history are invented.

| page | 1440 px | | 360 px | |
| --- | --- | --- | --- | --- |
${names
    .map((name) =>
        [name, ...['light', 'dark', 'light-360', 'dark-360'].map((suffix) => cell(name, suffix))].join(' | '),
    )
    .map((line) => `| ${line} |`)
    .join('\n')}
`;
}
