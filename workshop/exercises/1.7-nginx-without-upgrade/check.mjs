// builds: runnel-server runnel_e2e

import { check, comes, dialChat, expect, need, openBrowser, plainPage, read, startNginx, startRecorder, startServer, within, writeMessage } from '../../lib/check.mjs';

const look = 'nginx/nginx.conf';
const limit = 10_000; // ms
const why = {
    400: 'The server cannot read it as a WebSocket\'s handshake: one of Upgrade and Connection is missing, or HTTP is not 1.1.',
    403: 'The server takes the page for a foreign one: the Host that nginx sends is not the Origin\'s.',
    426: 'The server was not asked for a WebSocket: a header is missing on the way from nginx to it.',
};
const where = {
    403: `${look}: a location with a proxy_set_header of its own inherits none of the others`,
};

await check(async () => {
    const configuration = await read(look);
    const server = await startServer();
    const nginx = await startNginx({ configuration, upstream: server.url, page: plainPage });
    const fault = /\[emerg\].*/.exec(nginx.log())?.[0] ?? nginx.log().trim();
    need(nginx.url, {
        right: 'nginx starts with the configuration.',
        missing: `nginx does not start with the configuration. It says: ${fault}`,
        look: `${look}${/:\d+/.exec(fault)?.[0] ?? ''}`,
    });
    for (const path of ['/', '/chat.js', '/api/health']) {
        const { status } = await fetch(nginx.url + path, { signal: AbortSignal.timeout(limit) });
        expect(status === 200, { right: `nginx gives ${path}.`, missing: `nginx answers ${status} to ${path}.`, look });
    }

    // As a browser on another machine says it; a page of localhost is let in whatever the Host is.
    const shaken = await dialChat(nginx, 'workshop', { host: '10.0.0.7', origin: 'http://10.0.0.7' });
    need(shaken.status === 101, {
        right: 'A WebSocket passes.',
        missing: `No WebSocket passes: ${shaken.status ? `the answer is ${shaken.status}` : 'nothing answers'}. ${why[shaken.status] ?? shaken.body}`,
        look: where[shaken.status] ?? `${look}, the lines with proxy_set_header and proxy_http_version`,
    });

    const recorder = await startRecorder();
    const recording = await startNginx({ configuration, upstream: recorder.url, page: plainPage });
    for (const path of ['/api/health', '/ws/chat/workshop'])
        await fetch(`${recording.url}${path}`, { signal: AbortSignal.timeout(limit) }).catch(() => {});
    const claiming = recorder.asked.find(({ headers }) => /upgrade/i.test(headers.connection ?? '') || headers.upgrade !== undefined);
    expect(recorder.asked.length === 2 && !claiming, {
        right: 'A request that asks for no upgrade claims none.',
        missing: claiming
            ? `Each request claims to be an upgrade: ${claiming.url} reaches the server with "Connection: ${claiming.headers.connection}".`
            : 'A plain request does not reach the server.',
        look: `${look}: a map can choose by $http_upgrade`,
    });

    const page = await openBrowser();
    await page.goto(nginx.url);
    const connected = await within(() => page.locator('#state').filter({ hasText: 'Connected' }).waitFor());
    need(connected, {
        right: 'A real page is connected through nginx.',
        missing: `A real page is not connected through nginx: ${page.faults[0] ?? 'nothing is said'}`,
        look,
    });
    const chunks = () => page.frames.filter(({ type }) => type === 'chunk').length;
    await writeMessage(page, 'Explain quantum computing in simple terms');
    await comes(() => chunks() > 0);
    const first = Date.now();
    const came = await comes(() => chunks() >= 8);
    expect(came && Date.now() - first > 100, {
        right: 'The words of an answer come one by one.',
        missing: chunks() === 0 ? 'No answer comes.' : 'The words of an answer come all at once: something on the way holds them back.',
        look,
    });
});
