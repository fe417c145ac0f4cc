import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, launch, open, signIn, url } from './support.mjs';

let browser;
let token;
let team;
before(async () => {
    browser = await launch();
    token = await signIn();
    const created = await call('POST', '/api/latest/fleet/teams', {
        token,
        body: { name: `Frame ${Date.now()}` },
    });
    team = created.body.team;
});
after(async () => {
    await browser?.close();
    if (team) await call('DELETE', `/api/latest/fleet/teams/${team.id}`, { token });
});

test('the dashboard counts hosts, and its counts lead to them', async () => {
    const { body: summary } = await call('GET', '/api/latest/fleet/host_summary', { token });
    const { page, faults, close } = await open(browser, { token });
    await page.goto(url);
    await page.waitForURL(/\/dashboard$/);
    const counts = page.getByRole('list', { name: 'Hosts by status' });
    // The tiles are there before their figures.
    await counts.getByRole('link', { name: new RegExp(`^${summary.totals_hosts_count}\\b.*Hosts`) })
        .waitFor();
    await page.getByRole('slider', { name: 'Hosts online over time' }).or(
        page.getByText('The first hours are being recorded'),
    ).first().waitFor();
    await page.getByRole('list', { name: 'Latest activity' }).waitFor();

    await counts.getByRole('link', { name: /Online/ }).click();
    await page.waitForURL(/\/hosts\/manage\?status=online$/);
    await page.getByRole('table', { name: 'Hosts', exact: true }).waitFor();
    assert.deepEqual(faults, []);
    await close();
});

test('a platform of the dashboard leads to as many hosts as it says', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/dashboard`);
    const row = page.getByRole('table', { name: 'Hosts by platform' }).getByRole('row').nth(1);
    await row.waitFor();
    const wanted = (await row.getByRole('cell').first().innerText()).trim();
    await row.getByRole('link').click();
    await page.waitForURL(/platform=/);
    await page.getByText(new RegExp(`^${wanted} hosts?$`)).waitFor();
    await page.getByRole('list', { name: 'Filters' }).getByText('Platform').waitFor();
    assert.deepEqual(faults, []);
    await close();
});

test('the palette finds a host, and remembers it', async () => {
    const { body } = await call('GET', '/api/latest/fleet/hosts?per_page=1', { token });
    const host = body.hosts[0];
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/labels/manage`);
    await page.getByRole('heading', { level: 1, name: 'Labels' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Find/ }).waitFor();
    await page.keyboard.type(host.display_name);
    await page.getByRole('option', { name: new RegExp(host.display_name) }).first().click();
    await page.waitForURL(/\/hosts\/\d+\/details$/);
    await page.waitForFunction(() => localStorage.getItem('FLEET::recent') !== null);
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: /\| Hosts/ }).waitFor();
    await page.keyboard.press('Escape');
    assert.deepEqual(faults, []);
    await close();
});

test('the team stays in the address from page to page', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/dashboard`);
    await page.getByRole('button', { name: 'Team: All teams' }).click();
    await page.getByRole('option', { name: new RegExp(team.name) }).click();
    await page.waitForURL(new RegExp(`team_id=${team.id}$`));
    await page.getByText('This team has no hosts yet').waitFor();
    for (const section of ['Hosts', 'Software', 'Queries', 'Policies']) {
        await page
            .getByRole('navigation', { name: 'Main' })
            .getByRole('link', { name: section })
            .click();
        await page.getByRole('heading', { level: 1, name: section }).waitFor();
        assert.match(page.url(), new RegExp(`team_id=${team.id}$`), section);
        await page.getByRole('button', { name: `Team: ${team.name}` }).waitFor();
    }
    assert.deepEqual(faults, []);
    await close();
});

test('keys lead to pages, and the activity page tells what happened', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/labels/manage`);
    await page.getByRole('heading', { level: 1, name: 'Labels' }).waitFor();
    await page.keyboard.type('ga');
    await page.waitForURL(/\/activity$/);
    await page.getByRole('list', { name: 'Activities' }).getByText(team.name).first().waitFor();
    await page.getByLabel('What').selectOption('created_team');
    await page.waitForURL(/type=created_team/);
    await page.getByText('created the team').first().waitFor();
    assert.deepEqual(faults, []);
    await close();
});
