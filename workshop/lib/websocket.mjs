// A WebSocket client for checks that need no page; Node.js 18 has none of its own. Text frames only, as the protocol has.

import { randomBytes } from 'node:crypto';
import { get } from 'node:http';

// Takes frames apart; `take` gets the opcode and the payload of each. A server's frames are not masked.
function reader(take) {
    let waiting = Buffer.alloc(0);
    return (data) => {
        waiting = Buffer.concat([waiting, data]);
        while (waiting.length >= 2) {
            const short = waiting[1] & 0x7f;
            const begin = short === 126 ? 4 : short === 127 ? 10 : 2;
            if (waiting.length < begin)
                return;
            const size = short === 126 ? waiting.readUInt16BE(2) : short === 127 ? Number(waiting.readBigUInt64BE(2)) : short;
            if (waiting.length < begin + size)
                return;
            take(waiting[0] & 0x0f, waiting.subarray(begin, begin + size));
            waiting = waiting.subarray(begin + size);
        }
    };
}

// Of less than 64 KiB: a check says no more at once.
function masked(opcode, payload) {
    const size = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 0xff];
    size[0] |= 0x80;
    const mask = randomBytes(4);
    return Buffer.concat([Buffer.from([0x80 | opcode, ...size]), mask, payload.map((byte, i) => byte ^ mask[i % 4])]);
}

// What a server answered to the handshake: {status, body}, or where that is 101 `take`, called for each frame, send() and end().
export function dial(url, { protocol, host, origin, limit }) {
    return new Promise((resolve, reject) => {
        const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13',
            'Sec-WebSocket-Key': randomBytes(16).toString('base64'), ...protocol && { 'Sec-WebSocket-Protocol': protocol },
            ...host && { Host: host }, ...origin && { Origin: origin } };
        const dialled = get(url, { headers, timeout: limit });
        dialled.once('error', reject);
        dialled.once('timeout', () => dialled.destroy(new Error(`${url} does not answer.`)));
        dialled.once('response', (response) => {
            let body = '';
            response.on('data', (data) => { body += data; });
            response.once('error', reject);
            response.once('end', () => resolve({ status: response.statusCode, body }));
        });
        dialled.once('upgrade', (response, socket, head) => {
            const chat = { status: response.statusCode, take: () => {},
                send: (frame) => socket.write(masked(1, Buffer.from(JSON.stringify(frame)))), end: () => socket.destroy() };
            const read = reader((opcode, payload) => {
                if (opcode === 1)
                    chat.take(JSON.parse(payload.toString()));
                else if (opcode === 9)
                    socket.write(masked(10, payload));
            });
            socket.setTimeout(0);
            socket.on('error', () => {});
            socket.unshift(head);
            resolve(chat);
            setImmediate(() => socket.on('data', read)); // when whoever dialled has said who takes the frames
        });
    });
}
