import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { call, launch, open, signIn, url } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;
let token;
let hostId;
let queryId;
let policyId;
let teamId;
before(async () => {
    browser = await launch();
    token = await signIn();
    const hosts = await call('GET', '/api/latest/fleet/hosts?per_page=1', { token });
    hostId = hosts.body.hosts[0].id;
    const created = await call('POST', '/api/latest/fleet/queries', {
        token,
        body: { name: `Access test ${Date.now()}`, query: 'SELECT 1', description: 'For the eyes' },
    });
    queryId = created.body.query.id;
    const policy = await call('POST', '/api/latest/fleet/policies', {
        token,
        body: { name: `Access test ${Date.now()}`, query: 'SELECT 1', resolution: 'Nothing' },
    });
    policyId = policy.body.policy.id;
    const team = await call('POST', '/api/latest/fleet/teams', {
        token,
        body: { name: `Access test ${Date.now()}` },
    });
    teamId = team.body?.team?.id;
});
after(async () => {
    await browser?.close();
    if (policyId) {
        await call('POST', '/api/latest/fleet/policies/delete', {
            token,
            body: { ids: [policyId] },
        });
    }
    if (queryId) await call('DELETE', `/api/latest/fleet/queries/id/${queryId}`, { token });
    if (teamId) await call('DELETE', `/api/latest/fleet/teams/${teamId}`, { token });
});

const pages = () => [
    ['sign-in', '/login', false],
    ['hosts', '/hosts/manage', true],
    ['hosts, nothing found', '/hosts/manage?query=no-such-host', true],
    ['add hosts', '/hosts/manage?add_hosts=true', true],
    ['dashboard', '/dashboard', true],
    ['hosts, filtered', '/hosts/manage?platform=linux&low_disk_space=32&os_name=a&os_version=b', true],
    ['host', `/hosts/${hostId}/details`, true],
    ['software of a host', `/hosts/${hostId}/software`, true],
    ['queries of a host', `/hosts/${hostId}/queries`, true],
    ['policies of a host', `/hosts/${hostId}/policies`, true],
    ['activity of a host', `/hosts/${hostId}/activity`, true],
    ['labels', '/labels/manage', true],
    ['new label', '/labels/new/attributes', true],
    ['new manual label', '/labels/new/manual', true],
    ['software', '/software/titles', true],
    ['versions of software', '/software/versions', true],
    ['policies', '/policies/manage', true],
    ['templates of policies', '/policies/new', true],
    ['new policy', '/policies/new?sql=SELECT+1', true],
    ['policy', `/policies/${policyId}`, true],
    ['activity', '/activity', true],
    ['queries', '/queries/manage', true],
    ['new query', '/queries/new?sql=SELECT+1', true],
    ['query', `/queries/${queryId}`, true],
    ['edit query', `/queries/${queryId}/edit`, true],
    ['live query', `/queries/new/live?sql=SELECT+1&hosts=${hostId}`, true],
    ['account', '/account', true],
    ['forgotten password', '/login/forgot', false],
    ['reset password', '/login/reset?token=none', false],
    ['bad invitation', '/login/invites/none', false],
    ['users', '/settings/users', true],
    ['invitations', '/settings/users?tab=invites', true],
    ['new user', '/settings/users/new', true],
    ['new API-only user', '/settings/users/new?kind=api', true],
    ['user', '/settings/users/1', true],
    ['teams', '/settings/teams', true],
    ['members of a team', `/settings/teams/members?team_id=${teamId}`, true],
    ['secrets of a team', `/settings/teams/secrets?team_id=${teamId}`, true],
    ['options of a team', `/settings/teams/options?team_id=${teamId}`, true],
    ['settings of a team', `/settings/teams/settings?team_id=${teamId}`, true],
    ['organization', '/settings/organization/info', true],
    ['SMTP', '/settings/organization/smtp', true],
    ['agent options', '/settings/organization/agents', true],
    ['webhooks', '/settings/integrations/webhooks', true],
    ['tickets', '/settings/integrations/tickets', true],
    ['single sign-on', '/settings/integrations/sso', true],
    ['log destinations', '/settings/integrations/logs', true],
    ['no such page', '/nothing/here', true],
];

/** Visits every page with as few browser windows as possible: one signed in, one not. */
async function visit(options, look) {
    const signedIn = await open(browser, { ...options, token });
    const stranger = await open(browser, options);
    for (const [name, path, needsToken] of pages()) {
        const { page } = needsToken ? signedIn : stranger;
        await page.goto(`${url}${path}`);
        await page.waitForLoadState('networkidle');
        await look(page, name);
    }
    await signedIn.close();
    await stranger.close();
}

// What a page is made of is the same in both themes: in the second one only colours are new.
const themes = [
    ['light', {}],
    ['dark', { runOnly: ['color-contrast', 'link-in-text-block'] }],
];
for (const [theme, rules] of themes) {
    test(`axe finds no serious fault on any page, ${theme}`, { timeout: 400_000 }, async () => {
        const found = [];
        await visit({ theme }, async (page, name) => {
            // A script element would be refused by the content security policy; this is the debugger.
            await page.evaluate(axe);
            const { violations } = await page.evaluate(
                (options) => globalThis.axe.run(options),
                rules,
            );
            for (const { id, impact, nodes } of violations) {
                if (impact === 'serious' || impact === 'critical') {
                    found.push(`${name}: ${id}: ${nodes.map((node) => node.html).join(' ')}`);
                }
            }
        });
        assert.deepEqual(found, []);
    });
}

test('no page scrolls sideways on a narrow screen', { timeout: 400_000 }, async () => {
    const wide = [];
    await visit({ width: 360, height: 740 }, async (page, name) => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) wide.push(`${name}: ${over}px`);
    });
    assert.deepEqual(wide, []);
});

test('the files come with the headers that keep the page safe and fast', async () => {
    const page = await call('GET', '/hosts/manage');
    assert.equal(page.status, 200);
    assert.match(page.headers['content-security-policy'] ?? '', /script-src 'self'(;|$)/);
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
    assert.match(page.headers['cache-control'] ?? '', /no-cache/);
    assert.ok(!page.text.includes('{{URL_PREFIX}}'));

    const script = page.text.match(/src="\.?\/?(assets\/[^"]+\.js)"/)?.[1];
    assert.ok(script, page.text);
    const file = await call('GET', `/${script}`);
    assert.equal(file.status, 200);
    assert.match(file.headers['cache-control'] ?? '', /immutable/);
    assert.equal((await call('GET', '/assets/no-such-file.js')).status, 404);
    assert.equal((await call('GET', '/api/latest/fleet/no-such-thing', { token })).status, 404);
});
