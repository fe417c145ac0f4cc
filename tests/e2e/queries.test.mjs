import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, signIn, typeSql, url } from './support.mjs';

let browser;
let token;
before(async () => {
    browser = await launch();
    token = await signIn();
});
after(() => browser?.close());

const name = `Browser test ${Date.now()}`;

test(
    'a scheduled query is created, hosts report rows, it is edited and deleted',
    { timeout: 300_000 },
    async () => {
        const { page, faults, close } = await open(browser, { token });
        await page.goto(`${url}/queries/manage`);
        await page.getByRole('link', { name: 'Add query' }).first().click();
        await page.getByLabel('Name').fill(name);
        await typeSql(page, 'SELECT version FROM osquery_info');
        await page.getByLabel('Frequency').selectOption('60');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.waitForURL(/\/queries\/\d+$/);
        await page.getByText('Waiting for the first rows').waitFor();

        const grid = page.getByRole('table', { name: 'Stored rows' });
        await grid.getByRole('row').nth(1).waitFor({ timeout: 240_000 });
        await grid.getByRole('columnheader', { name: 'version' }).waitFor();

        await page.getByRole('link', { name: 'Edit query' }).click();
        await page.getByLabel('Description').fill('What runs where');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByText('What runs where').waitFor();

        await page.getByRole('button', { name: 'Delete' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Delete query' }).click();
        await page.waitForURL(/\/queries\/manage$/);
        assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0);
        assert.deepEqual(faults, []);
        await close();
    },
);

test('two queries cannot have one name, and odd SQL is saved all the same', async () => {
    const { page, close } = await open(browser, { token });
    const odd = `${name} odd`;
    for (const expected of ['saved', 'refused']) {
        await page.goto(`${url}/queries/new?sql=SELECT+x+FROM+no_such_table`);
        await page.getByLabel('Name').fill(odd);
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        if (expected === 'saved') await page.getByText('This query has no frequency').waitFor();
        else await page.getByText('Another query has this name already.').waitFor();
    }
    await page.goto(`${url}/queries/manage?query=${encodeURIComponent(odd)}`);
    await page.getByLabel(`Select ${odd}`).check();
    await page
        .getByRole('region', { name: 'Selection' })
        .getByRole('button', { name: 'Delete' })
        .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No query matches').waitFor();
    await close();
});

test('leaving with changes asks first', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/queries/new`);
    await page.getByLabel('Name').fill('half done');
    await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name: 'Hosts' })
        .click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Stay' }).click();
    assert.match(page.url(), /\/queries\/new$/);
    await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name: 'Hosts' })
        .click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL(/\/hosts\/manage/);
    assert.deepEqual(faults, []);
    await close();
});

test('the newer words in an address lead to the same pages', async () => {
    const { page, close } = await open(browser, { token });
    await page.goto(`${url}/reports/manage?platform=linux`);
    await page.waitForURL(/\/queries\/manage\?platform=linux$/);
    await close();
});
