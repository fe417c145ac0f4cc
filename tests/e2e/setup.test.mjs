import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './support.mjs';

// A server without any user; the other tests need one that is set up.
const fresh = process.env.FLEET_FRESH_URL?.replace(/\/+$/, '');
const skip = fresh ? false : 'FLEET_FRESH_URL is not set';

let browser;
before(async () => {
    if (fresh) browser = await launch();
});
after(() => browser?.close());

test(
    'a fresh server leads to its set-up, which signs the first administrator in',
    { skip },
    async () => {
        const { page, close } = await open(browser);
        await page.goto(`${fresh}/`);
        await page.waitForURL(/\/setup$/);

        const next = page.getByRole('button', { name: 'Next' });
        await page.getByLabel('Full name').fill('Ada');
        await page.getByLabel('Email').fill('ada@corp.test');
        await page.getByLabel('Password', { exact: true }).fill('short');
        assert.equal(await next.isEnabled(), false);
        await page.getByLabel('Password', { exact: true }).fill('Correct-horse-7');
        await page.getByLabel('Password, again').fill('Correct-horse-7');
        await next.click();

        await page.getByLabel('Organization name').fill('Corp');
        await next.click();
        assert.equal(await page.getByLabel('Server address').inputValue(), fresh);
        await next.click();

        await page.getByText('Ada (ada@corp.test)').waitFor();
        await page.getByRole('button', { name: 'Create and sign in' }).click();
        await page.waitForURL(/\/hosts\/manage/);
        await page.getByRole('dialog', { name: 'Add hosts' }).waitFor();
        await page.keyboard.press('Escape');
        await page.getByText('No hosts yet').waitFor();

        await page.goto(`${fresh}/setup`);
        await page.waitForURL(/\/(login|hosts\/manage)/);
        await close();
    },
);
