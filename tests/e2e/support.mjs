// What every browser test needs: a browser, a signed-in page, and the API to prepare things with.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { chromium } from 'playwright-core';

export const url = required('FLEET_URL').replace(/\/+$/, '');
export const email = required('FLEET_ADMIN_EMAIL');
export const password = required('FLEET_ADMIN_PASSWORD');
const ca = process.env.FLEET_CA_FILE ? readFileSync(process.env.FLEET_CA_FILE) : undefined;

function required(name) {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set: source preview.env first`);
    return value;
}

/** One API call as a script would make it. */
export function call(method, path, { token, body, base = url } = {}) {
    const headers = { 'Content-Type': 'application/json' };
    if (token) headers.Authorization = `Bearer ${token}`;
    return new Promise((resolve, reject) => {
        // A server behind a proxy that ends TLS speaks plain HTTP.
        const { request: start } = base.startsWith('http:') ? http : https;
        const request = start(`${base}${path}`, { method, headers, ca }, (response) => {
            let text = '';
            response.setEncoding('utf8');
            response.on('data', (part) => (text += part));
            response.on('end', () => {
                let parsed = null;
                try {
                    parsed = JSON.parse(text);
                } catch {
                    // Not every answer is JSON.
                }
                resolve({
                    status: response.statusCode,
                    headers: response.headers,
                    body: parsed,
                    text,
                });
            });
        });
        request.on('error', reject);
        request.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

export async function signIn() {
    for (;;) {
        const answer = await call('POST', '/api/latest/fleet/login', { body: { email, password } });
        if (answer.status === 200) return answer.body.token;
        assert.equal(answer.status, 429, answer.text);
        // Sign-ins are limited for the whole server, and several test files need one.
        await sleep(1000 * (Number(answer.headers['retry-after']) || 6));
    }
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function launch(more = []) {
    return chromium.launch({
        executablePath: process.env.FLEET_CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', ...more],
    });
}

/**
 * A page that notes everything that went wrong in it. `faults` must be empty at the end; refused
 * requests that a test provokes itself are told apart by their status.
 */
export async function open(browser, { token, theme = 'light', width = 1440, height = 900 } = {}) {
    const context = await browser.newContext({
        ignoreHTTPSErrors: true,
        colorScheme: theme,
        viewport: { width, height },
    });
    if (token) {
        await context.addInitScript(
            (value) => localStorage.setItem('FLEET::auth_token', value),
            token,
        );
    }
    const page = await context.newPage();
    page.setDefaultTimeout(Number(process.env.FLEET_E2E_WAIT ?? 45_000));
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
            faults.push(message.text());
        }
    });
    page.on('request', (request) => {
        const { origin } = new URL(request.url());
        if (origin !== new URL(url).origin && !request.url().startsWith('blob:')) {
            faults.push(`request to another host: ${request.url()}`);
        }
    });
    return { page, faults, close: () => context.close() };
}

/** Puts SQL into the editor, whichever of its two forms is there. */
export async function typeSql(page, sql) {
    const editor = page.locator('.cm-content');
    await editor.waitFor();
    await editor.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(sql);
    // The list of completions would take the next key.
    await page.keyboard.press('Escape');
}

/** Signs in by the form; waits where the limit on sign-ins, which all tests share, asks for it. */
export async function signInOnPage(page, who, secret) {
    await page.getByLabel('Email').fill(who);
    await page.getByLabel('Password', { exact: true }).fill(secret);
    for (;;) {
        const answered = page.waitForResponse(
            (response) => response.request().method() === 'POST' && /\/login$/.test(response.url()),
        );
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        if ((await answered).status() !== 429) return;
    }
}
