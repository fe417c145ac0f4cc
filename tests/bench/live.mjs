// Runs one live query on all hosts and accounts for every answer that reaches the WebSocket.
// FLEET_URL, FLEET_API_TOKEN and NODE_EXTRA_CA_CERTS say where; arguments: SQL, seconds to wait,
// and how many answers are enough (default: from every host that counts as online).
// FLEET_ANSWERS names the file of fleet-perf --answers: with it, how long answers took from their
// sending to this socket is told too.
import { readFileSync } from 'node:fs';

const [sql = 'SELECT 1 AS one', seconds = '60', enough = ''] = process.argv.slice(2);
const base = process.env.FLEET_URL;
const token = process.env.FLEET_API_TOKEN;

async function call(method, path, body) {
    const response = await fetch(`${base}/api/latest/fleet${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: body && JSON.stringify(body),
    });
    if (!response.ok)
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
}

const { labels } = await call('GET', '/labels');
const all = labels.find((label) => label.name === 'All Hosts');
const start = performance.now();
const { campaign } = await call('POST', '/queries/run', {
    query: sql,
    selected: { hosts: [], labels: [all.id], teams: [] },
});
const launched = performance.now() - start;

const arrivals = new Map();
const arrivedAt = new Map(); // by name, unix milliseconds
let rows = 0;
let doubled = 0;
let failed = 0;
let totals = {};
const socket = new WebSocket(`${base.replace('https', 'wss')}/api/v1/fleet/results/websocket`);
const done = new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Number(seconds) * 1000);
    socket.onopen = () => {
        socket.send(JSON.stringify({ type: 'auth', data: { token } }));
        socket.send(JSON.stringify({ type: 'select_campaign', data: { campaign_id: campaign.id } }));
    };
    socket.onerror = (event) => reject(new Error(event.message ?? 'the socket failed'));
    socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === 'totals') totals = message.data;
        if (message.type === 'error') reject(new Error(String(message.data)));
        if (message.type !== 'result') return;
        const host = message.data.host.id ?? message.data.host.hostname;
        if (arrivals.has(host)) doubled += 1;
        else {
            arrivals.set(host, performance.now() - start);
            arrivedAt.set(message.data.host.hostname, performance.timeOrigin + performance.now());
        }
        if (message.data.error) failed += 1;
        rows += message.data.rows?.length ?? 0;
        const wanted = enough === '' ? totals.online : Number(enough);
        if (arrivals.size >= wanted) {
            clearTimeout(timer);
            resolve();
        }
    };
});
await done;
socket.close();

// Milliseconds from when a host sent its answer (false: from when the server had acknowledged it,
// which may be later than the arrival) until the row was here, sorted.
function delays(file, fromSending) {
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines
        .map((line) => line.split(' '))
        .filter(([number, name]) => Number(number) === campaign.id && arrivedAt.has(name))
        .map(([, name, sent, acknowledged]) => arrivedAt.get(name) - (fromSending ? sent : acknowledged))
        .sort((a, b) => a - b);
}

const answerTimes = {};
if (process.env.FLEET_ANSWERS) {
    await new Promise((resolve) => setTimeout(resolve, 1000)); // the last acknowledgements
    for (const [name, fromSending] of [['sent', true], ['acknowledged', false]]) {
        const sorted = delays(process.env.FLEET_ANSWERS, fromSending);
        const share = (s) => sorted[Math.max(0, Math.ceil(sorted.length * s) - 1)];
        const round = (value) => (value === undefined ? null : Math.round(value * 10) / 10);
        answerTimes[`${name}_to_socket`] = {
            count: sorted.length,
            p50_ms: round(share(0.5)),
            p99_ms: round(share(0.99)),
            max_ms: round(share(1)),
        };
    }
}

const times = [...arrivals.values()].sort((a, b) => a - b);
const at = (share) => Math.round(times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? -1);
console.log(
    JSON.stringify({
        targets: campaign.Metrics?.TotalHosts ?? totals.count,
        online: totals.online,
        answered: times.length,
        rows,
        doubled,
        failed,
        launched_ms: Math.round(launched),
        first_ms: at(0),
        p50_ms: at(0.5),
        p95_ms: at(0.95),
        p99_ms: at(0.99),
        last_ms: at(1),
        ...answerTimes,
    }),
);
process.exit(0);
