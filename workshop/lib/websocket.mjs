// A WebSocket whose reader may stop reading and which says what Host and what Origin it likes. That of a browser, which
// Node.js has too from version 22 on, always reads and says its own.

import { packageOf } from './packages.mjs';

// One that is open. Each text frame went to `received`, as text.
class OpenSocket {
    status = 101;
    body = '';
    bytes = 0; // of the texts so far
    isCut = false;
    #socket;

    constructor(socket, received) {
        this.#socket = socket;
        socket.on('message', (data, isBinary) => {
            if (isBinary)
                return;
            this.bytes += data.length;
            received(data.toString());
        });
        socket.on('close', () => { this.isCut = true; });
    }

    send(frame) {
        this.#socket.send(JSON.stringify(frame));
    }

    // What comes then stays in the kernel, which holds the server up when it has enough.
    pause() {
        this.#socket.pause();
    }

    resume() {
        this.#socket.resume();
    }

    end() {
        this.#socket.terminate();
    }
}

// What a server answers to the handshake: an OpenSocket, or {status, body} where it does not let us in; without an answer within
// `limit`, in ms, or with one that is no HTTP, the status is null and the body says why. Without `protocol` the server speaks v0.
export function dial(url, { protocol, host, origin, limit, received = () => {} }) {
    const WebSocket = packageOf('ws');
    return new Promise((resolve) => {
        const socket = new WebSocket(url, protocol ? [protocol] : [],
            { handshakeTimeout: limit, perMessageDeflate: false, ...host && { headers: { Host: host } }, ...origin && { origin } });
        const open = new OpenSocket(socket, received);
        socket.on('open', () => resolve(open));
        socket.on('error', (error) => resolve({ status: null, body: error.message }));
        socket.on('unexpected-response', (request, response) => {
            let body = '';
            response.on('data', (data) => { body += data; });
            response.once('error', (error) => resolve({ status: null, body: error.message }));
            response.once('end', () => resolve({ status: response.statusCode, body }));
        });
    });
}
