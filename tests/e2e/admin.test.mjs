import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, launch, open, signIn, sleep, url } from './support.mjs';

const api = '/api/latest/fleet';
const stamp = Date.now();
const password = 'long enough 1!';

let browser;
let token;
before(async () => {
    browser = await launch();
    token = await signIn();
});
after(() => browser?.close());

async function user(email) {
    const answer = await call('GET', `${api}/users?query=${encodeURIComponent(email)}`, { token });
    return answer.body.users.find((each) => each.email === email);
}

test('a team is created, gets a secret and a member, and is deleted', async () => {
    const { page, faults, close } = await open(browser, { token });
    const name = `Laptops ${stamp}`;
    await page.goto(`${url}/settings/teams`);
    await page.getByRole('button', { name: 'Create team' }).first().click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Create team' }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    const id = Number(new URL(page.url()).searchParams.get('team_id'));

    await page.getByRole('tab', { name: 'Enroll secrets' }).click();
    await page.getByRole('button', { name: 'Add secret' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Secret').fill(`secret-${stamp}`);
    await dialog.getByRole('button', { name: 'Add secret' }).click();
    await page.getByText(`secret-${stamp}`).waitFor();
    const secrets = await call('GET', `${api}/teams/${id}/secrets`, { token });
    assert.ok(secrets.body.secrets.some(({ secret }) => secret === `secret-${stamp}`));

    await page.getByRole('tab', { name: 'Members' }).click();
    await page.getByRole('link', { name: 'Create user' }).click();
    const email = `member-${stamp}@corp.test`;
    await page.getByLabel('Name').fill('Mia Member');
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByLabel('Password, again').fill(password);
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByLabel('Role of Mia Member').selectOption('maintainer');
    await page.getByText('is now Maintainer').first().waitFor();
    assert.deepEqual(
        (await user(email)).teams.map((team) => [team.id, team.role]),
        [[id, 'maintainer']],
    );

    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByLabel(`Type ${name} to confirm`).fill(name);
    await page.getByRole('button', { name: 'Delete team' }).click();
    await page.getByRole('heading', { name: 'Teams', level: 1 }).waitFor();
    assert.equal((await call('GET', `${api}/teams/${id}`, { token })).status, 404);
    await call('DELETE', `${api}/users/${(await user(email)).id}`, { token });
    assert.deepEqual(faults, []);
    await close();
});

test('a user is created, edited and deleted', async () => {
    const { page, faults, close } = await open(browser, { token });
    const email = `bo-${stamp}@corp.test`;
    await page.goto(`${url}/settings/users`);
    await page.getByRole('link', { name: 'Add user' }).click();
    await page.getByLabel('Name').fill('Bo Builder');
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByLabel('Password, again').fill(password);
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByRole('link', { name: 'Bo Builder' }).click();

    await page.getByLabel('Role on everything', { exact: true }).selectOption('maintainer');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Bo Builder was saved.').first().waitFor();
    assert.equal((await user(email)).global_role, 'maintainer');

    await page.getByRole('button', { name: 'Delete user' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
    assert.equal(await user(email), undefined);
    assert.deepEqual(faults, []);
    await close();
});

test('a setting is saved, comes back, and is guarded until it is', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/settings/organization/info`);
    const field = page.getByLabel('Organization name');
    await field.waitFor();
    const before = await field.inputValue();
    await field.fill(`${before} ${stamp}`);
    await page.getByRole('link', { name: 'Web address' }).click();
    await page.getByRole('button', { name: 'Stay' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Everything is saved.').waitFor();
    const config = await call('GET', `${api}/config`, { token });
    assert.equal(config.body.org_info.org_name, `${before} ${stamp}`);
    await page.reload();
    await field.waitFor();
    assert.equal(await field.inputValue(), `${before} ${stamp}`);
    await field.fill(before);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Everything is saved.').waitFor();
    assert.deepEqual(faults, []);
    await close();
});

test('agent options are checked by the server and its refusal is shown at its line', async () => {
    const { page, close } = await open(browser, { token });
    await page.goto(`${url}/settings/organization/agents`);
    const editor = page.locator('.cm-content');
    await editor.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('config:\n  optoins: {}\n');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText(/Line 2: .*optoins/).waitFor();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('The server accepts these options.').waitFor();
    await close();
});

test('an API token works until it is revoked', async () => {
    const { page, faults, close } = await open(browser, { token });
    await page.goto(`${url}/account`);
    await page.getByRole('button', { name: 'Create token' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill(`CI ${stamp}`);
    await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
    const made = (await page.getByRole('dialog').locator('pre').textContent()).trim();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    assert.equal((await call('GET', `${api}/hosts`, { token: made })).status, 200);

    await page.getByRole('button', { name: `Revoke CI ${stamp}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (let left = 50; left > 0; left -= 1) {
        if ((await call('GET', `${api}/hosts`, { token: made })).status === 401) break;
        await sleep(200);
    }
    assert.equal((await call('GET', `${api}/hosts`, { token: made })).status, 401);
    assert.deepEqual(faults, []);
    await close();
});

test('a session ended elsewhere ends here, too', async () => {
    const email = `gone-${stamp}@corp.test`;
    const made = await call('POST', `${api}/users/admin`, {
        token,
        body: {
            name: 'Gone Soon',
            email,
            password,
            global_role: 'observer',
            admin_forced_password_reset: false,
        },
    });
    assert.equal(made.status, 200, made.text);
    let login = { status: 0 };
    while (login.status !== 200) {
        login = await call('POST', `${api}/login`, { body: { email, password } });
        if (login.status === 429) await sleep(6000);
        else assert.equal(login.status, 200, login.text);
    }
    const { page, close } = await open(browser, { token: login.body.token });
    await page.goto(`${url}/account`);
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    const admin = await open(browser, { token });
    await admin.page.goto(`${url}/settings/users/${made.body.user.id}`);
    await admin.page.getByRole('button', { name: /End the session/ }).click();
    await admin.page.getByText('The session was ended.').first().waitFor();
    await page.reload();
    await page.waitForURL(/\/login/);
    await call('DELETE', `${api}/users/${made.body.user.id}`, { token });
    await close();
    await admin.close();
});
