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

async function someHosts() {
    const { body } = await call('GET', '/api/latest/fleet/hosts?per_page=200', { token });
    return body.hosts;
}

test('the list shows every host and finds one by name', async () => {
    const hosts = await someHosts();
    assert.ok(hosts.length > 0, 'the server has no hosts');
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/manage?per_page=200`);
    await page.getByRole('table', { name: 'Hosts' }).waitFor();
    assert.equal(await page.locator('tbody tr').count(), hosts.length);

    const wanted = hosts[0].display_name;
    await page.keyboard.press('/');
    await page.keyboard.type(wanted);
    await page.waitForURL(/query=/);
    await page.getByRole('link', { name: wanted, exact: true }).first().waitFor();

    await page.keyboard.press('Escape');
    await page.waitForURL((address) => !address.search.includes('query='));
    assert.deepEqual(faults, []);
    await close();
});

test('status filter, sort and page size live in the address and survive Back', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/manage`);
    await page.getByRole('table', { name: 'Hosts' }).waitFor();
    await page.getByLabel('Status').selectOption('online');
    await page.waitForURL(/status=online/);
    await page.getByRole('button', { name: 'Operating system' }).click();
    await page.waitForURL(/order_key=os_version/);
    await page.getByRole('columnheader', { name: 'Operating system' }).waitFor();
    await page.getByLabel('Rows').selectOption('20');
    await page.waitForURL(/per_page=20/);

    await page.goBack();
    await page.waitForURL((address) => !address.search.includes('per_page'));
    assert.match(page.url(), /status=online/);
    await page.reload();
    assert.equal(await page.getByLabel('Status').inputValue(), 'online');
    assert.deepEqual(faults, []);
    await close();
});

test('every column that can be sorted is one that the server sorts', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.addInitScript(() => localStorage.setItem('FLEET::hidden_host_columns', '[]'));
    await page.goto(`${url}/hosts/manage`);
    await page.getByRole('table', { name: 'Hosts' }).waitFor();
    const names = await page.locator('thead button').allInnerTexts();
    assert.ok(names.length > 10);
    for (const name of names) {
        const answer = page.waitForResponse((response) =>
            /\/hosts\?.*order_key=/.test(response.url()),
        );
        await page.locator('thead button', { hasText: new RegExp(`^${name}$`) }).click();
        assert.equal((await answer).status(), 200, name);
    }
    assert.deepEqual(faults, []);
    await close();
});

test('the CSV has the visible columns', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/manage`);
    await page.getByRole('table', { name: 'Hosts' }).waitFor();
    const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^Hosts \d{4}-\d\d-\d\d\.csv$/);
    let text = '';
    for await (const part of await download.createReadStream()) text += part;
    assert.match(text, /^display_name,(team_name,)?status,issues,os_version/);
    assert.deepEqual(faults, []);
    await close();
});

test('the page of a host shows its vitals and its users, and a refetch brings new ones', async () => {
    const online = (await someHosts()).find((host) => host.status === 'online');
    assert.ok(online, 'no host is online');
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/${online.id}`);
    await page.waitForURL(/\/details$/);
    await page.getByRole('heading', { name: online.display_name, level: 1 }).waitFor();
    await page.getByText(online.os_version).first().waitFor();
    await page.getByText(online.uuid).waitFor();
    await page.getByRole('heading', { name: /Local users/ }).waitFor();

    await page.getByRole('button', { name: 'Refetch' }).click();
    await page.getByText('Details are up to date.').waitFor({ timeout: 60_000 });
    assert.deepEqual(faults, []);
    await close();
});

test('an unknown host and an unknown address say so', async () => {
    const { page, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/999999999/details`);
    await page.getByText('This host does not exist').waitFor();
    await page.goto(`${url}/no/such/page`);
    await page.getByText('There is no page at this address').waitFor();
    await close();
});

test('the dialog for adding hosts has flags for this server and a secret', async () => {
    const { body } = await call('GET', '/api/latest/fleet/spec/enroll_secret', { token });
    const secret = body.spec.secrets[0].secret;
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/hosts/manage?add_hosts=true`);
    const dialog = page.getByRole('dialog', { name: 'Add hosts' });
    await dialog.getByText('--tls_hostname=').waitFor();
    await dialog.getByText(secret).first().waitFor();
    await dialog.getByLabel('Operating system').selectOption('windows');
    await dialog.getByText('Restart-Service osqueryd').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((address) => !address.search.includes('add_hosts'));
    assert.deepEqual(faults, []);
    await close();
});
