// What accounts need of the world outside: a mail server and an identity provider, both written by
// other people (Debian's aiosmtpd and pysaml2) and both on this machine.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sleep } from './support.mjs';

const run = promisify(execFile);
const support = fileURLToPath(new URL('../support/', import.meta.url));
// Debian's own Python, which has Debian's packages.
const python = '/usr/bin/python3';

function folder() {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'fleet-e2e-'));
    return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

async function until(what, look, seconds = 45) {
    for (let left = seconds * 10; left > 0; left -= 1) {
        const found = await look();
        if (found) return found;
        await sleep(100);
    }
    throw new Error(`${what} did not happen within ${seconds} s`);
}

function freePort() {
    return new Promise((resolve) => {
        const server = net.createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

function answers(port) {
    return new Promise((resolve) => {
        const socket = net.connect(port, '127.0.0.1');
        socket.on('connect', () => resolve(true));
        socket.on('error', () => resolve(false));
        socket.on('close', () => socket.destroy());
        setTimeout(() => socket.end(), 50);
    });
}

/** A mail server that keeps what it gets; `settings` are for the server under test. */
export async function startMail() {
    const { dir, remove } = folder();
    const port = await freePort();
    const child = spawn(python, [`${support}smtp_sink.py`, `--port=${port}`, `--dir=${dir}`], {
        stdio: ['ignore', 'ignore', 'inherit'],
    });
    await until('the start of the mail server', () => answers(port));
    const mails = () =>
        readdirSync(dir)
            .filter((name) => name.endsWith('.json'))
            .sort()
            .map((name) => JSON.parse(readFileSync(path.join(dir, name), 'utf8')));
    const given = new Set();
    return {
        settings: {
            enable_smtp: true,
            sender_address: 'fleet@example.test',
            server: '127.0.0.1',
            port,
            authentication_type: 'authtype_none',
            enable_ssl_tls: false,
            enable_start_tls: false,
        },
        /** The address below `page` that was mailed to somebody; each one is given once. */
        link: (to, page) =>
            until(`a mail to ${to} with a link to ${page}`, () => {
                const texts = mails().filter((mail) => mail.to.includes(to)).map(({ text }) => text);
                const links = texts.flatMap((text) => text.match(/https?:\/\/[^\s<>"]+/g) ?? []);
                const link = links.find((each) => each.includes(page) && !given.has(each));
                if (link) given.add(link);
                return link;
            }),
        stop: () => {
            child.kill();
            remove();
        },
    };
}

/**
 * An identity provider with a page of its own, on which one presses a button to be `email()`. It
 * sends people back to `callback`.
 */
export async function startProvider({ audience, callback, email }) {
    const { dir, remove } = folder();
    const [key, cert] = [path.join(dir, 'idp.key'), path.join(dir, 'idp.crt')];
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=idp', '-days', '2', '-keyout', key, '-out', cert]);
    const port = await freePort();
    const signOn = `http://127.0.0.1:${port}/sso`;
    const saml = async (command, asked = {}) => {
        const { stdout } = await run(python, [
            '-W', 'ignore', `${support}saml_idp.py`, command,
            '--entity-id=https://idp.example.test/metadata',
            `--sign-on-url=${signOn}`, `--cert=${cert}`, `--key=${key}`,
            `--audience=${audience}`, `--acs-url=${callback}`, `--asked=${JSON.stringify(asked)}`,
        ], { maxBuffer: 2 ** 24 });
        return stdout.trim();
    };
    const server = createServer((request, response) => {
        const url = `http://127.0.0.1:${port}${request.url}`;
        saml('answer', { email: email(), url }).then(
            (xml) => {
                const answer = Buffer.from(xml).toString('base64');
                response.setHeader('Content-Type', 'text/html');
                response.end(`<!doctype html><html lang="en"><title>Provider</title><link rel="icon" href="data:,">
<form method="post" action="${callback}"><input type="hidden" name="SAMLResponse" value="${answer}">
<button>Continue as ${email()}</button></form></html>`);
            },
            (error) => {
                response.statusCode = 500;
                response.end(String(error));
            },
        );
    });
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    return {
        metadata: await saml('metadata'),
        origin: `http://127.0.0.1:${port}`,
        stop: () => {
            server.close();
            remove();
        },
    };
}
