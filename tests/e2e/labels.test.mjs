import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, launch, open, signIn, url } from './support.mjs';

let browser;
let token;
before(async () => {
    browser = await launch();
    token = await signIn();
});
after(() => browser?.close());

async function hosts() {
    const { body } = await call('GET', '/api/latest/fleet/hosts?per_page=200', { token });
    return body.hosts;
}

test('a label is filled by hand, given to more hosts, and deleted', async () => {
    const name = `Pilot ${Date.now()}`;
    const [first, second] = await hosts();
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/labels/manage`);
    await page.getByRole('link', { name: 'Add label' }).click();
    await page.getByRole('radio', { name: /Manual/ }).check();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Search hosts to add').fill(first.uuid);
    await page
        .getByRole('list', { name: 'Hosts found' })
        .getByRole('button', { name: new RegExp(first.display_name) })
        .click();
    await page.getByRole('button', { name: 'Create label' }).click();
    await page.waitForURL(/label_id=\d+/);
    await page.getByText('1 host', { exact: true }).waitFor();
    await page.getByRole('list', { name: 'Filters' }).getByText(name).waitFor();

    await page.goto(`${url}/hosts/manage?query=${second.uuid}`);
    await page.getByLabel(`Select ${second.display_name}`).check();
    await page
        .getByRole('region', { name: 'Selection' })
        .getByRole('button', { name: 'Label' })
        .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Label', { exact: true }).selectOption(name);
    await dialog.getByRole('button', { name: 'Add label' }).click();
    await page.getByText('1 host got the label').first().waitFor();

    await page.goto(`${url}/labels/manage?query=${encodeURIComponent(name)}`);
    await page.getByRole('link', { name: `2 hosts with ${name}` }).waitFor();
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete label' }).click();
    await page.getByText('No label matches').waitFor();
    assert.deepEqual(faults, []);
    await close();
});

test('a label by attributes has its hosts at once, and filters combine', async () => {
    const name = `Linux ${Date.now()}`;
    const [host] = await hosts();
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/labels/new/attributes`);
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Attribute 1').selectOption('hostname');
    await page.getByLabel('Comparison 1').selectOption('=');
    await page.getByLabel('Value 1').fill(host.hostname);
    await page.getByRole('button', { name: 'Create label' }).click();
    await page.waitForURL(/label_id=\d+/);
    await page.getByRole('link', { name: host.display_name }).first().waitFor();

    const status = host.status === 'online' ? 'offline' : 'online';
    await page.getByLabel('Status').selectOption(status);
    await page.getByText('No host matches').waitFor();
    assert.match(page.url(), /label_id=\d+/);
    await page.getByRole('button', { name: 'Remove filter Label' }).click();
    await page.waitForURL((address) => !address.search.includes('label_id'));
    const labels = await call('GET', '/api/latest/fleet/labels', { token });
    const label = labels.body.labels.find((each) => each.name === name);
    await call('DELETE', `/api/latest/fleet/labels/id/${label.id}`, { token });
    assert.deepEqual(faults, []);
    await close();
});

test('a view is saved and comes back', async () => {
    const name = `View ${Date.now()}`;
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/manage?status=online&platform=linux`);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name }).waitFor();

    await page.goto(`${url}/hosts/manage`);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name }).click();
    await page.waitForURL(/status=online/);
    assert.match(page.url(), /platform=linux/);
    await page.getByRole('button', { name }).click();
    await page.getByRole('menuitem', { name: `Delete “${name}”` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete view' }).click();
    await page.getByRole('button', { name: 'Views' }).waitFor();
    assert.deepEqual(faults, []);
    await close();
});

test('a host moves to a team and back', async () => {
    const [host] = await hosts();
    const created = await call('POST', '/api/latest/fleet/teams', {
        token,
        body: { name: `Movers ${Date.now()}` },
    });
    const { team } = created.body;
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/${host.id}/details`);
    await page.getByRole('button', { name: 'Move to team' }).click();
    await page.getByRole('dialog').getByLabel('Team').selectOption(team.name);
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    await page.getByText('The host was moved.').first().waitFor();
    await page.goto(`${url}/hosts/manage?team_id=${team.id}`);
    await page.getByRole('link', { name: host.display_name }).first().waitFor();
    await page.getByText('1 host', { exact: true }).waitFor();
    assert.deepEqual(faults, []);
    await close();
    await call('POST', '/api/latest/fleet/hosts/transfer', {
        token,
        body: { team_id: null, hosts: [host.id] },
    });
    await call('DELETE', `/api/latest/fleet/teams/${team.id}`, { token });
});

test('the tabs of a host show its software, queries, policies and activity', async () => {
    const host = (await hosts()).find((each) => each.status === 'online');
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/${host.id}/details`);
    const tabs = page.getByRole('navigation', { name: 'About this host' });
    for (const [name, path] of [
        ['Software', 'software'],
        ['Queries', 'queries'],
        ['Policies', 'policies'],
        ['Activity', 'activity'],
    ]) {
        await tabs.getByRole('link', { name }).click();
        await page.waitForURL(new RegExp(`/hosts/${host.id}/${path}$`));
        await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
        assert.equal(await page.getByText('This could not be loaded').count(), 0, name);
    }
    assert.deepEqual(faults, []);
    await close();
});
