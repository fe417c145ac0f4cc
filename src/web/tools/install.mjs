// Usage: install.mjs <folder> [stamp file]. Runs `npm ci` when node_modules does not match
// package-lock.json. Several build folders share
// one node_modules: a lock folder keeps their installations apart.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const [root, done] = process.argv.slice(2);
const lock = join(root, '.install.lock');
const stamp = join(root, 'node_modules', '.fleet-stamp');
const staleAfter = 10 * 60_000;

const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

function installed() {
    try {
        return readFileSync(stamp, 'utf8') === wanted;
    } catch {
        return false;
    }
}

async function acquire() {
    for (;;) {
        try {
            mkdirSync(lock);
            return;
        } catch (error) {
            if (error.code !== 'EEXIST') throw error;
        }
        const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
        if (age > staleAfter) rmdirSync(lock);
        else await setTimeout(500);
    }
}

function install() {
    const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--include=dev'], {
        cwd: root,
        stdio: 'inherit',
    });
    if (npm.status !== 0) process.exit(npm.status ?? 1);
    writeFileSync(stamp, wanted);
}

if (!installed()) {
    await acquire();
    process.on('exit', () => rmdirSync(lock));
    if (!installed()) install();
}
if (done) {
    writeFileSync(done, '');
    utimesSync(done, new Date(), new Date());
}
