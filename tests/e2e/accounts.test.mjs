// What comes by mail or through an identity provider: the links are taken out of real mails, and the
// way to the provider and back is walked by the browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startMail, startProvider } from './outside.mjs';
import { call, launch, open, signIn, signInOnPage, url } from './support.mjs';

const api = '/api/latest/fleet';
const stamp = Date.now();
const secret = 'first passw0rd!';
const other = 'an0ther passw0rd!';

let browser;
let token;
let mail;
let provider;
const made = [];
// Whoever the identity provider says that somebody is.
let known = '';

before(async () => {
    browser = await launch();
    token = await signIn();
    mail = await startMail();
    await configure({ smtp_settings: mail.settings });
});
after(async () => {
    await browser?.close();
    for (const email of made) {
        const id = (await user(email))?.id;
        if (id) await call('DELETE', `${api}/users/${id}`, { token });
    }
    await configure({ smtp_settings: { enable_smtp: false }, sso_settings: { enable_sso: false } });
    mail?.stop();
    provider?.stop();
});

async function configure(body) {
    const answer = await call('PATCH', `${api}/config`, { token, body });
    assert.equal(answer.status, 200, answer.text);
}

async function user(email) {
    const { body } = await call('GET', `${api}/users?query=${encodeURIComponent(email)}`, { token });
    return body.users.find((each) => each.email === email);
}

async function newUser(name, more = {}) {
    const email = `${name}-${stamp}@corp.test`;
    const answer = await call('POST', `${api}/users/admin`, {
        token,
        body: {
            name,
            email,
            global_role: 'observer',
            admin_forced_password_reset: false,
            ...(more.sso_enabled ? {} : { password: secret }),
            ...more,
        },
    });
    assert.equal(answer.status, 200, answer.text);
    made.push(email);
    return email;
}

const atHome = (page) => page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();

async function newPassword(page, label, value) {
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByLabel(`${label}, again`).fill(value);
}

test('who is invited gets a mail, chooses a password and is in; the link works once', async () => {
    const email = `invited-${stamp}@corp.test`;
    made.push(email);
    const admin = await open(browser, { token });
    await admin.page.goto(`${url}/settings/users/new?kind=invite`);
    await admin.page.getByLabel('Name').fill('Ina Vited');
    await admin.page.getByRole('textbox', { name: 'Email' }).fill(email);
    await admin.page.getByLabel('Role on everything', { exact: true }).selectOption('maintainer');
    await admin.page.getByRole('button', { name: 'Send invitation' }).click();
    await admin.page.waitForURL(/tab=invites/);
    await admin.page.getByRole('table', { name: 'Invitations' }).getByText(email).waitFor();

    const link = await mail.link(email, '/login/invites/');
    assert.ok(link.startsWith(url), link);
    const { page, faults, close } = await open(browser);
    await page.goto(link);
    await page.getByText('You were invited as').getByText(email).waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), 'Ina Vited');
    await newPassword(page, 'Password', secret);
    await page.getByRole('button', { name: 'Create my account' }).click();
    // Signing in at once may meet the limit that all tests share.
    const ready = page.getByRole('heading', { name: 'Your account is ready' });
    const home = page.getByRole('heading', { name: 'Dashboard', level: 1 });
    await ready.or(home).first().waitFor();
    if (await page.getByRole('link', { name: 'Sign in' }).isVisible()) {
        await page.getByRole('link', { name: 'Sign in' }).click();
        await signInOnPage(page, email, secret);
    }
    await atHome(page);
    assert.equal((await user(email)).global_role, 'maintainer');

    const late = await open(browser);
    await late.page.goto(link);
    await late.page.getByText('This invitation is no longer good').waitFor();
    await admin.page.reload();
    await admin.page.getByText('No open invitation').waitFor();
    assert.deepEqual([...faults, ...admin.faults], []);
    for (const each of [late, admin, { close }]) await each.close();
});

test('the second step of a sign-in is a mailed link', async () => {
    const email = await newUser('mfa', { mfa_enabled: true });
    const { page, faults, close } = await open(browser);
    await page.goto(`${url}/login`);
    await signInOnPage(page, email, secret);
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await page.goto(`${url}/account`);
    await page.waitForURL(/\/login/);

    const link = await mail.link(email, '/login/mfa/');
    await page.goto(link);
    await atHome(page);
    const late = await open(browser);
    await late.page.goto(link);
    await late.page.getByText(/no longer good/).waitFor();
    assert.deepEqual(faults, []);
    await late.close();
    await close();
});

test('a forgotten password is replaced by the link of a mail', async () => {
    const email = await newUser('forgets');
    const { page, faults, close } = await open(browser);
    await page.goto(`${url}/login`);
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();

    const link = await mail.link(email, '/login/reset?token=');
    await page.goto(link);
    await newPassword(page, 'New password', 'short');
    assert.ok(await page.getByRole('button', { name: 'Save the new password' }).isDisabled());
    await newPassword(page, 'New password', other);
    await page.getByRole('button', { name: 'Save the new password' }).click();
    await page.waitForURL(/\/login$/);
    await signInOnPage(page, email, other);
    await atHome(page);

    const late = await open(browser);
    await late.page.goto(link);
    await newPassword(late.page, 'New password', secret);
    await late.page.getByRole('button', { name: 'Save the new password' }).click();
    await late.page.getByText('This link is no longer good').waitFor();
    assert.deepEqual(faults, []);
    await late.close();
    await close();
});

test('a new password that an administrator asked for is chosen before anything else', async () => {
    const email = await newUser('forced', { admin_forced_password_reset: true });
    const { page, faults, close } = await open(browser);
    await page.goto(`${url}/login`);
    await signInOnPage(page, email, secret);
    await page.getByText('An administrator asked you to change your password').waitFor();
    await newPassword(page, 'New password', other);
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await atHome(page);
    assert.deepEqual(faults, []);
    await close();
});

test('a new address counts once its mailed link was opened', async () => {
    const email = await newUser('moves');
    const fresh = `moved-${stamp}@corp.test`;
    made.push(fresh);
    const { page, faults, close } = await open(browser);
    await page.goto(`${url}/login?return=/account`);
    await signInOnPage(page, email, secret);
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    await page.getByRole('textbox', { name: 'Email' }).fill(fresh);
    await page.getByLabel('Password, to confirm that it is you').fill(secret);
    await page.getByRole('button', { name: 'Change address' }).click();
    await page.getByText(/A link is on its way to/).waitFor();
    await page.goto(await mail.link(fresh, '/email/change/'));
    await page.getByText('Your email address was changed').waitFor();
    assert.ok(await user(fresh));
    assert.deepEqual(faults, []);
    await close();
});

test('the button of single sign-on leads to the provider and back to where one was going', async () => {
    const audience = 'fleet.example.test';
    provider = await startProvider({
        audience,
        callback: `${url}/api/v1/fleet/sso/callback`,
        email: () => known,
    });
    await configure({
        sso_settings: {
            enable_sso: true,
            entity_id: audience,
            idp_name: 'Example IdP',
            metadata: provider.metadata,
            metadata_url: '',
        },
    });
    known = await newUser('sso', { sso_enabled: true });
    const { page, faults, close } = await open(browser);
    await page.goto(`${url}/labels/manage`);
    await page.getByRole('button', { name: 'Sign in with Example IdP' }).click();
    await page.getByRole('button', { name: `Continue as ${known}` }).click();
    await page.waitForURL(/\/labels\/manage$/);
    await page.getByRole('heading', { name: 'Labels', level: 1 }).waitFor();
    // The way to the provider is the one request that may leave.
    assert.deepEqual(faults.filter((fault) => !fault.includes(provider.origin)), []);
    await close();
});

test('whom the provider knows but the server does not is told so', async () => {
    known = `stranger-${stamp}@corp.test`;
    const { page, close } = await open(browser);
    await page.goto(`${url}/login`);
    await page.getByRole('button', { name: 'Sign in with Example IdP' }).click();
    await page.getByRole('button', { name: `Continue as ${known}` }).click();
    await page.waitForURL(/\/login\?status=account_invalid/);
    await page.getByText('There is no account for you on this server').waitFor();
    await close();
});
