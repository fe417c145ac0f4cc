// Pictures of the application's pages for the documentation:
//   source build/preview/preview.env && node tests/e2e/screenshots.mjs docs/screenshots
// Each page in both themes at 1440 px; what the pictures show is made through the API first. Needs
// what the browser tests need (tests/run.sh e2e installs it).
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { call, launch, open, signIn, sleep, url } from './support.mjs';

const folder = process.argv[2] ?? 'docs/screenshots';
const pages = {
    dashboard: '/dashboard',
    hosts: '/hosts/manage',
    labels: '/labels/manage',
    software: '/software/titles',
    queries: '/queries/manage',
    policies: '/policies/manage',
    activity: '/activity',
    teams: '/settings/teams',
    users: '/settings/users',
    settings: '/settings/organization/info',
};

/** What is there already stays: a second run makes the same pictures. */
async function prepare(token) {
    const make = (path, body) => call('POST', `/api/latest/fleet${path}`, { token, body });
    await make('/teams', { name: 'Workstations' });
    await make('/labels', { name: 'Little memory', query: 'SELECT 1 FROM memory_info WHERE memory_total < 9000000000' });
    await make('/queries', { name: 'Listening ports', query: 'SELECT pid, port, address FROM listening_ports', interval: 3600 });
    await make('/policies', {
        name: 'Bash is a login shell',
        query: "SELECT 1 FROM users WHERE shell LIKE '%/bash'",
        description: 'At least one account uses bash.',
        resolution: 'chsh -s /bin/bash',
    });
    await make('/policies', { name: 'Uptime below 60 days', query: 'SELECT 1 FROM uptime WHERE days < 60', critical: true });
}

const token = await signIn();
await prepare(token);
await sleep(15_000); // the hosts answer
mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const theme of ['light', 'dark']) {
    const { page } = await open(browser, { token, theme });
    for (const [name, address] of Object.entries(pages)) {
        await page.goto(`${url}${address}`);
        await page.waitForLoadState('networkidle');
        const file = path.join(folder, `${name}-${theme}.jpg`);
        await page.screenshot({ path: file, type: 'jpeg', quality: 80 });
        console.log(file);
    }
}
await browser.close();
