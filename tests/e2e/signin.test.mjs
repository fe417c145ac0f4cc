import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { email, launch, open, password, sleep, url } from './support.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

async function submit(page, secret) {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(secret);
    await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a wrong password is told, the right one leads back to where one wanted to go', async () => {
    const { page, faults, close } = await open(browser);
    await page.goto(`${url}/hosts/manage?status=online`);
    await page.waitForURL(/\/login\?return=/);

    await submit(page, 'certainly wrong 1!');
    await page
        .getByRole('alert')
        .getByText(/wrong|Too many attempts/)
        .waitFor();

    for (let attempt = 0; page.url().includes('/login') && attempt < 10; attempt += 1) {
        // The limit on sign-ins is shared with everybody: wait while the page says so.
        const button = page.getByRole('button', { name: 'Sign in' });
        await page.getByLabel('Password', { exact: true }).fill(password);
        while (!(await button.isEnabled())) await sleep(500);
        await button.click();
        await Promise.race([
            page.waitForURL(/\/hosts\/manage/).catch(() => undefined),
            page
                .getByText('Too many attempts')
                .waitFor()
                .catch(() => undefined),
        ]);
    }
    assert.match(page.url(), /\/hosts\/manage\?status=online$/);
    await page.getByRole('heading', { name: 'Hosts', level: 1 }).waitFor();

    await page.getByRole('button', { name: /Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/login/);
    await page.goto(`${url}/account`);
    await page.waitForURL(/\/login/);
    assert.deepEqual(faults, []);
    await close();
});

test('a session that the server does not know ends at the sign-in page', async () => {
    const { page, close } = await open(browser, { token: 'no-such-token' });
    await page.goto(`${url}/queries/manage`);
    await page.waitForURL(/\/login\?return=/);
    await close();
});
