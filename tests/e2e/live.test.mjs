import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, launch, open, signIn, typeSql, url } from './support.mjs';

let browser;
let token;
before(async () => {
    browser = await launch();
    token = await signIn();
});
after(() => browser?.close());

async function figure(page, name) {
    const entry = page.locator('dl > div').filter({ hasText: name }).locator('dd');
    return Number((await entry.innerText()).replaceAll(',', ''));
}

test('rows of every online host stream into the table, and a reload brings them back', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/queries/new/live`);
    await typeSql(page, 'SELECT version, build_platform FROM osquery_info');
    await page.getByRole('button', { name: /^All hosts/ }).click();
    await page.getByText(/hosts? targeted/).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL(/campaign=\d+/);

    const grid = page.getByRole('table', { name: 'Results' });
    await grid.getByRole('row').nth(1).waitFor({ timeout: 30_000 });
    await grid.getByRole('columnheader', { name: 'build_platform' }).waitFor();
    await page.getByText('Finished', { exact: true }).waitFor({ timeout: 60_000 });
    const rows = await figure(page, /^rows?[\d,]+$/);
    assert.ok(rows > 0);

    await page.reload();
    await grid.getByRole('row').nth(1).waitFor({ timeout: 30_000 });
    await page.getByText('Finished', { exact: true }).waitFor({ timeout: 60_000 });
    assert.equal(await figure(page, /^rows?[\d,]+$/), rows);
    await page.getByText('SELECT version, build_platform FROM osquery_info').waitFor();
    assert.deepEqual(faults, []);
    await close();
});

test('each targeted host ends in a state, and failures say why', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/queries/new/live?sql=SELECT+x+FROM+no_such_table`);
    await page.getByRole('button', { name: /^All hosts/ }).click();
    await page.getByText(/hosts? targeted/).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Finished', { exact: true }).waitFor({ timeout: 60_000 });

    await page.getByRole('tab', { name: /Errors/ }).click();
    await page
        .getByText(/no such table/)
        .first()
        .waitFor();
    await page.getByRole('tab', { name: /Hosts/ }).click();
    const grid = page.getByRole('table', { name: 'Targeted hosts' });
    await grid.getByText('Failed').first().waitFor();
    assert.equal(await grid.getByText('Waiting').count(), 0);
    assert.match(page.url(), /tab=hosts/);
    assert.deepEqual(faults, []);
    await close();
});

test('a live query from the page of a host asks that host only', async () => {
    const { body } = await call('GET', '/api/latest/fleet/hosts?status=online&per_page=1', {
        token,
    });
    const [host] = body.hosts;
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/${host.id}/details`);
    await page.locator('main').getByRole('link', { name: 'Live query' }).click();
    await page.waitForURL(new RegExp(`hosts=${host.id}$`));
    await page.getByRole('list', { name: 'Chosen hosts' }).getByText(host.display_name).waitFor();
    await typeSql(page, 'SELECT 1 AS one');
    await page.keyboard.press('ControlOrMeta+Enter');
    const grid = page.getByRole('table', { name: 'Results' });
    await grid.getByRole('link', { name: host.display_name }).first().waitFor({ timeout: 30_000 });
    assert.equal(await grid.getByRole('link').count(), 1);
    assert.deepEqual(faults, []);
    await close();
});

test('stop ends a run, and it can be run again', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/queries/new/live?sql=SELECT+1+AS+one`);
    await page.getByRole('button', { name: /^All hosts/ }).click();
    await page.getByText(/hosts? targeted/).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped', { exact: true }).waitFor();
    const first = page.url();
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.waitForURL((address) => address.href !== first);
    await page.getByText('Finished', { exact: true }).waitFor({ timeout: 60_000 });
    assert.deepEqual(faults, []);
    await close();
});
