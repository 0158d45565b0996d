// A proxy between the page and the server that can fall silent: its sockets stay open and nothing comes through.

import { connect, createServer } from 'node:net';

// {url, connections, swallow(), stop()}
export async function startProxy(target) {
    const { hostname, port } = new URL(target);
    const sockets = new Set();
    const silent = new WeakSet();
    let taken = 0;
    const pass = (from, to) => {
        sockets.add(from);
        from.on('data', (data) => {
            if (!silent.has(from))
                to.write(data);
        });
        from.on('close', () => {
            sockets.delete(from);
            to.destroy();
        });
        from.on('error', () => from.destroy());
    };
    const proxy = createServer((client) => {
        ++taken;
        const upstream = connect(port, hostname);
        pass(client, upstream);
        pass(upstream, client);
    });
    await new Promise((resolve) => { proxy.listen(0, '127.0.0.1', resolve); });
    return {
        url: `http://127.0.0.1:${proxy.address().port}`,
        get connections() { return taken; },
        // What is open now is silent from now on; what comes later is not.
        swallow: () => sockets.forEach((socket) => silent.add(socket)),
        stop: async () => {
            sockets.forEach((socket) => socket.destroy());
            await new Promise((resolve) => { proxy.close(resolve); });
        },
    };
}
