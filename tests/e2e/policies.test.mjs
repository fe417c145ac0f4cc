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

/** Makes hosts answer now instead of within the hour. */
async function refetchAll() {
    const { body } = await call('GET', '/api/latest/fleet/hosts?per_page=200', { token });
    for (const host of body.hosts) {
        await call('POST', `/api/latest/fleet/hosts/${host.id}/refetch`, { token });
    }
}

test(
    'a policy is written, answered by hosts, edited and deleted',
    { timeout: 400_000 },
    async () => {
        const name = `Has a kernel ${Date.now()}`;
        const { page, faults, close } = await open(browser, { token });
        await page.goto(`${url}/policies/manage`);
        await page.getByRole('link', { name: 'Add policy' }).first().click();
        await page.getByRole('button', { name: 'Start from nothing' }).click();
        await page.getByLabel('Name', { exact: true }).fill(name);
        await typeSql(page, 'SELECT 1 FROM osquery_info');
        await page.getByLabel('Resolution').fill('Install a kernel.');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.waitForURL(/\/policies\/\d+$/);
        await page.getByText('Waiting for the first answers').or(
            page.getByRole('link', { name: /passing/ }),
        ).first().waitFor();

        await refetchAll();
        const passing = page.getByRole('link', { name: /^[1-9]\d* hosts? passing$/ });
        await passing.waitFor({ timeout: 180_000 });
        await page.getByRole('slider', { name: /Share of hosts/ }).waitFor({ timeout: 90_000 });

        await passing.click();
        await page.waitForURL(/policy_response=passing/);
        await page.getByRole('table', { name: 'Hosts' }).waitFor();
        await page.getByLabel('Answer to the policy').selectOption('failing');
        await page.waitForURL(/policy_response=failing/);

        await page.goBack();
        await page.goBack();
        await page.getByRole('link', { name: 'Edit policy' }).click();
        await typeSql(page, 'SELECT 1 FROM osquery_info WHERE 1 = 0');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page
            .getByRole('dialog', { name: 'Save and lose answers?' })
            .getByRole('button', { name: 'Save' })
            .click();
        await page.getByRole('heading', { level: 1, name }).waitFor();

        await page.getByRole('button', { name: 'Delete' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Delete policy' }).click();
        await page.waitForURL(/\/policies\/manage$/);
        assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0);
        assert.deepEqual(faults, []);
        await close();
    },
);

test('a policy asked live gives a verdict for each host', { timeout: 200_000 }, async () => {
    const { body } = await call('POST', '/api/latest/fleet/policies', {
        token,
        body: { name: `Live ${Date.now()}`, query: 'SELECT 1 FROM osquery_info' },
    });
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/policies/${body.policy.id}`);
    await page.getByRole('link', { name: 'Run live' }).click();
    await page.getByRole('button', { name: /^All hosts/ }).click();
    await page.getByText(/hosts? targeted/).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Finished', { exact: true }).waitFor({ timeout: 90_000 });
    const grid = page.getByRole('table', { name: 'Targeted hosts' });
    await grid.getByText('Yes', { exact: true }).first().waitFor();
    assert.equal(await grid.getByText('Answered', { exact: true }).count(), 0);
    assert.deepEqual(faults, []);
    await close();
    await call('POST', '/api/latest/fleet/policies/delete', {
        token,
        body: { ids: [body.policy.id] },
    });
});

test('the editor warns about a table that does not exist, and shows the ones that do', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/queries/new`);
    await typeSql(page, 'SELECT * FROM user');
    await page.getByText('Did you mean “users”?').waitFor();
    await typeSql(page, 'SELECT * FROM users');
    const panel = page.getByRole('complementary', { name: 'Tables of osquery' });
    await panel.getByRole('heading', { name: 'users' }).waitFor();
    await panel.getByRole('button', { name: /shell/ }).waitFor();
    assert.deepEqual(faults, []);
    await close();
});
