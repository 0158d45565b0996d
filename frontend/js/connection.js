// One WebSocket that comes back by itself. It knows frames as text only; what they mean is the reducer's business.
//
// State: {phase, retryAt, attempts}
//   connecting  a handshake is under way, for the first time
//   connected   frames flow
//   waiting     lost; tried again at retryAt (ms, as Date.now())
//   retrying    a handshake is under way after a loss
//   offline     the browser says that there is no network; tried again when it says that there is
//   closed      close() was called

import { subprotocol } from './protocol.js';

export const Phase = Object.freeze({
    connecting: 'connecting', connected: 'connected', waiting: 'waiting', retrying: 'retrying', offline: 'offline',
    closed: 'closed',
});

const firstDelay = 500;
const longestDelay = 30_000;
const handshakeLimit = 10_000;
const settledAfter = 5_000; // a connection that lasts that long starts the back-off anew

// Doubles with each attempt, and half of it is chance: a thousand pages that lost one server do not come back at once.
export function backoff(attempt, random = Math.random) {
    const ceiling = Math.min(longestDelay, firstDelay * 2 ** attempt);
    return Math.round(ceiling / 2 + (ceiling / 2) * random());
}

export class Connection {
    #world;
    #url;
    #onFrame;
    #onState;
    #socket = null;
    #timer = null;
    #settleTimer = null;
    #attempts = 0;
    #wasConnected = false;
    #state = { phase: Phase.closed, retryAt: null, attempts: 0 };

    // `world` is what a test replaces: {WebSocket, setTimeout, clearTimeout, now, random, events, isOnline}.
    constructor(url, { onFrame, onState, world = browserWorld() }) {
        this.#world = world;
        this.#url = url;
        this.#onFrame = onFrame;
        this.#onState = onState;
    }

    get state() {
        return this.#state;
    }

    open() {
        this.#world.events.addEventListener('online', this.#cameOnline);
        this.#world.events.addEventListener('offline', this.#wentOffline);
        if (this.#world.isOnline())
            this.#connect();
        else
            this.#become(Phase.offline);
    }

    close() {
        this.#world.events.removeEventListener('online', this.#cameOnline);
        this.#world.events.removeEventListener('offline', this.#wentOffline);
        this.#drop();
        this.#become(Phase.closed);
    }

    // True when the frame was given to the socket.
    send(frame) {
        if (this.#state.phase !== Phase.connected)
            return false;
        this.#socket.send(frame);
        return true;
    }

    // Does not wait for the end of the back-off.
    retryNow() {
        if (this.#state.phase === Phase.waiting)
            this.#connect();
    }

    #cameOnline = () => {
        if (this.#state.phase === Phase.offline || this.#state.phase === Phase.waiting) {
            this.#attempts = 0;
            this.#connect();
        }
    };

    #wentOffline = () => {
        this.#drop();
        this.#become(Phase.offline);
    };

    #connect() {
        this.#drop();
        this.#become(this.#wasConnected || this.#attempts > 0 ? Phase.retrying : Phase.connecting);
        const socket = new this.#world.WebSocket(this.#url, [subprotocol]);
        this.#socket = socket;
        socket.onopen = () => this.#opened();
        socket.onmessage = (event) => this.#onFrame(event.data);
        socket.onclose = () => this.#lost(); // also after every error, which says nothing more
        this.#timer = this.#world.setTimeout(() => this.#lost(), handshakeLimit);
    }

    #opened() {
        this.#world.clearTimeout(this.#timer);
        this.#wasConnected = true;
        this.#settleTimer = this.#world.setTimeout(() => { this.#attempts = 0; }, settledAfter);
        this.#become(Phase.connected);
    }

    #lost() {
        this.#drop();
        if (!this.#world.isOnline()) {
            this.#become(Phase.offline);
            return;
        }
        const delay = backoff(this.#attempts++, this.#world.random);
        this.#timer = this.#world.setTimeout(() => this.#connect(), delay);
        this.#become(Phase.waiting, this.#world.now() + delay);
    }

    #drop() {
        this.#world.clearTimeout(this.#timer);
        this.#world.clearTimeout(this.#settleTimer);
        const socket = this.#socket;
        this.#socket = null;
        if (!socket)
            return;
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
    }

    #become(phase, retryAt = null) {
        this.#state = { phase, retryAt, attempts: this.#attempts };
        this.#onState(this.#state);
    }
}

function browserWorld() {
    return {
        WebSocket: globalThis.WebSocket,
        setTimeout: (...args) => setTimeout(...args),
        clearTimeout: (timer) => clearTimeout(timer),
        now: () => Date.now(),
        random: Math.random,
        events: globalThis,
        isOnline: () => navigator.onLine !== false,
    };
}
