// What the pictures of the documentation show: teams, people, questions, and a month of history.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, sleep } from './support.mjs';

const api = '/api/latest/fleet';

export const liveSql = `SELECT name, version, size
FROM deb_packages
WHERE name LIKE 'lib%'
LIMIT 8`;

const queries = [
    { name: 'Listening ports', description: 'What waits for connections, and on which address.', query: 'SELECT pid, port, protocol, address FROM listening_ports WHERE port > 0', interval: 60, automations_enabled: true },
    { name: 'Kernel modules', description: 'Loaded parts of the kernel.', query: 'SELECT name, size, used_by, status FROM kernel_modules', interval: 3600, platform: 'linux' },
    { name: 'Local accounts', description: 'Who can sign in at the machine.', query: "SELECT username, uid, shell FROM users WHERE shell NOT LIKE '%nologin'", interval: 86_400 },
    { name: 'Uptime', description: 'Machines that nobody restarts.', query: 'SELECT days, hours, total_seconds FROM uptime', interval: 3600 },
    { name: 'Startup items', description: '', query: 'SELECT name, path, status FROM startup_items', interval: 0 },
    { name: 'USB devices', description: 'Everything that is plugged in.', query: 'SELECT vendor, model, serial FROM usb_devices', interval: 900 },
];
const policies = [
    { name: 'Uptime below 60 days', query: 'SELECT 1 FROM uptime WHERE days < 60', description: 'Updates of the kernel take hold with a restart.', resolution: 'Restart the computer.', critical: true },
    { name: 'Bash is a login shell', query: "SELECT 1 FROM users WHERE shell LIKE '%/bash'", description: 'At least one account uses bash.', resolution: 'chsh -s /bin/bash' },
    { name: 'At least 8 GB of memory', query: 'SELECT 1 FROM system_info WHERE physical_memory >= 8000000000', description: 'Less is too little for the tools that we roll out.', resolution: 'Ask for another computer.' },
    { name: 'A tenth of the disk is free', query: "SELECT 1 FROM mounts WHERE path = '/' AND blocks_available * 10 > blocks", description: 'Full disks stop updates.', resolution: 'Empty the trash, then ask for help.' },
    { name: 'Nothing listens on port 23', query: 'SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM listening_ports WHERE port = 23)', description: 'Telnet has had its time.', resolution: 'Stop the telnet service.' },
];
const people = [
    { name: 'Grace Hopper', email: 'grace@example.com', global_role: 'maintainer' },
    { name: 'Edsger Dijkstra', email: 'edsger@example.com', global_role: 'observer_plus' },
    { name: 'Barbara Liskov', email: 'barbara@example.com', global_role: 'admin' },
    { name: 'Tony Hoare', email: 'tony@example.com', global_role: 'observer' },
];

/** Makes it; what is there already stays, so that a second run makes the same pictures. */
export async function prepare(token) {
    const make = async (place, body) => (await call('POST', `${api}${place}`, { token, body })).body;
    const list = async (place) => (await call('GET', `${api}${place}`, { token })).body;
    for (const name of ['Workstations', 'Servers', 'Kiosks']) await make('/teams', { name });
    await make('/labels', { name: 'Little memory', description: 'Below 9 GB', query: 'SELECT 1 FROM memory_info WHERE memory_total < 9000000000' });
    await make('/labels', { name: 'Docker', description: 'Runs containers', query: "SELECT 1 FROM processes WHERE name = 'dockerd'", platform: 'linux' });
    for (const query of queries) await make('/queries', query);
    for (const policy of policies) await make('/policies', policy);
    for (const person of people) {
        await make('/users/admin', { ...person, password: 'invented 0nly!', admin_forced_password_reset: false });
    }

    const { teams } = await list('/teams');
    const team = (name) => teams.find((each) => each.name === name).id;
    const { hosts } = await list('/hosts?per_page=200&order_key=id');
    const ids = hosts.map(({ id }) => id);
    await make('/hosts/transfer', { team_id: team('Workstations'), hosts: ids.slice(0, 28) });
    await make('/hosts/transfer', { team_id: team('Servers'), hosts: ids.slice(28, 45) });
    seedHistory(hosts.length);

    const { labels } = await list('/labels');
    const startedAt = Date.now();
    const { campaign } = await make('/queries/run', {
        query: liveSql,
        selected: { hosts: [], teams: [], labels: [labels.find(({ name }) => name === 'All Hosts').id] },
    });
    await answered(list);
    const { queries: saved } = await list('/queries');
    const { policies: asked } = await list('/policies');
    const { software_titles: titles } = await list('/software/titles?order_key=hosts_count&order_direction=desc&per_page=1');
    const ubuntu = hosts.find((host) => host.platform === 'ubuntu') ?? hosts[0];
    return {
        host: ubuntu.id,
        title: titles[0]?.id ?? 1,
        query: saved.find(({ name }) => name === 'Listening ports').id,
        policy: asked.find(({ name }) => name === 'At least 8 GB of memory').id,
        team: team('Workstations'),
        campaign: campaign.id,
        startedAt,
    };
}

/** Waits until hosts have answered what they were asked: policies, and the query that runs often. */
async function answered(list) {
    for (let left = 180; left > 0; left -= 1) {
        const { policies: asked } = await list('/policies');
        const { queries: saved } = await list('/queries');
        const { id } = saved.find(({ name }) => name === 'Listening ports');
        const report = await list(`/queries/${id}/report`);
        const waiting = asked.some((policy) => policy.passing_host_count + policy.failing_host_count < 20);
        if (!waiting && (report.results?.length ?? 0) > 0) return;
        await sleep(1000);
    }
}

/** Hours that nobody waits for; only where the database is at hand. */
function seedHistory(hosts) {
    const socket = path.join(process.env.FLEET_PREVIEW_DIR ?? '', 'run/mysql.sock');
    if (!existsSync(socket)) return;
    const sql = readFileSync(fileURLToPath(new URL('../bench/seed_history.sql', import.meta.url)), 'utf8');
    execFileSync('mariadb', ['--no-defaults', `--socket=${socket}`, 'fleet'], {
        input: `SET @hosts = ${hosts};\n${sql}`,
    });
}
