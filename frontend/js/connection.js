// One WebSocket that comes back by itself. It knows frames as text only; what they mean is the reducer's business.
//
// State: {phase, retryAt, attempts, unanswered}. Of the losses in a row `attempts` counts those since a connection last
// held, on which the pause depends, `unanswered` those since the server last spoke.
//   connecting  a handshake is under way, for the first time
//   connected   frames flow
//   waiting     lost; tried again at retryAt (ms, as Date.now())
//   retrying    a handshake is under way after a loss
//   offline     the browser says that there is no network; tried again when it says that there is, and now and then
//   closed      close() was called

import { subprotocol } from './protocol.js';

export const Phase = Object.freeze({
    connecting: 'connecting', connected: 'connected', waiting: 'waiting', retrying: 'retrying', offline: 'offline',
    closed: 'closed',
});

const firstDelay = 500;
const longestDelay = 30_000;
const handshakeLimit = 10_000;
const answerLimit = 10_000; // for the first frame, and for the first after a message that no answer stands before
const offlineDelay = 30_000; // the browser may be wrong about the network
const probeLimit = 3_000;
const silenceLimit = 20_000; // while frames are due; doubled with each look that brings no news: a model may think long
const longestSilence = 320_000;
const lookAgainAfter = 5_000; // when the second socket was refused
const settledAfter = 5_000; // a connection that lasts that long starts the back-off anew

// Doubles with each attempt, and half of it is chance: a thousand pages that lost one server do not come back at once.
export function backoff(attempt, random = Math.random) {
    const ceiling = Math.min(longestDelay, firstDelay * 2 ** attempt);
    return Math.round(ceiling / 2 + (ceiling / 2) * random());
}

export class Connection {
    #world;
    #address;
    #onFrame;
    #onState;
    #onRenewed;
    #socket = null;
    #spare = null; // a second socket that asks whether the first one is only quiet
    #timer = null;
    #settleTimer = null;
    #answerTimer = null;
    #silenceTimer = null;
    #spareTimer = null;
    #due = false; // something is to come by itself
    #patience = silenceLimit;
    #wasRefused = false; // the second socket
    #suspect = null; // the socket that may have gone with the network
    #attempts = 0;
    #unanswered = 0;
    #wasConnected = false;
    #state = { phase: Phase.closed, retryAt: null, attempts: 0, unanswered: 0 };

    // `address()` gives the URL anew for each socket, since it says what the page has seen. `onRenewed`: another socket
    // took the place of one that was silent; what it says begins with `session` again. The state has not changed. `world`
    // is what a test replaces: {WebSocket, setTimeout, clearTimeout, now, random, events, isOnline, reachable}.
    constructor(address, { onFrame, onState, onRenewed = () => {}, world = browserWorld() }) {
        this.#world = world;
        this.#address = address;
        this.#onFrame = onFrame;
        this.#onState = onState;
        this.#onRenewed = onRenewed;
    }

    get state() {
        return this.#state;
    }

    open() {
        this.#world.events.addEventListener('online', this.#cameOnline);
        this.#world.events.addEventListener('offline', this.#wentOffline);
        if (this.#mayTry())
            this.#connect();
        else
            this.#goOffline();
    }

    close() {
        this.#world.events.removeEventListener('online', this.#cameOnline);
        this.#world.events.removeEventListener('offline', this.#wentOffline);
        this.#drop();
        this.#become(Phase.closed);
    }

    // True when the frame was given to the socket. `answered`: the server says something to it at once, so a connection
    // on which nothing comes is dead.
    send(frame, { answered = false } = {}) {
        if (this.#state.phase !== Phase.connected)
            return false;
        this.#socket.send(frame);
        if (answered)
            this.#expectAnswer();
        return true;
    }

    // Whether frames are due: an answer is under way, say. A browser shows no page the server's pings, so silence is all
    // that tells a socket whose frames get lost on the way from one on which nothing happens. A second socket finds out.
    expect(due) {
        if (due === this.#due)
            return;
        this.#due = due;
        this.#patience = silenceLimit;
        this.#watchSilence();
    }

    // What came was news, so the socket it came from is alive.
    progressed() {
        this.#dropSpare();
        this.#patience = silenceLimit;
        this.#watchSilence();
    }

    // Does not wait for the end of the pause: somebody is there who wants something.
    retryNow() {
        if (this.#state.phase === Phase.waiting)
            this.#connect();
    }

    #cameOnline = () => {
        const suspect = this.#suspect !== null && this.#suspect === this.#socket;
        if (suspect || this.#state.phase === Phase.offline || this.#state.phase === Phase.waiting) {
            this.#attempts = this.#unanswered = 0;
            this.#connect();
        }
    };

    // No network is no reason to leave a server on this machine or behind another way: it is asked first.
    #wentOffline = async () => {
        const socket = this.#suspect = this.#socket;
        const reachable = await this.#world.reachable();
        this.#suspect = null;
        if (reachable)
            return;
        if (this.#state.phase !== Phase.closed && this.#socket === socket && !this.#world.isOnline())
            this.#goOffline();
    };

    // What the browser says of the network is nothing to a server on this machine.
    #mayTry() {
        return this.#world.isOnline() || /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(this.#address()).hostname);
    }

    #goOffline() {
        this.#drop();
        this.#timer = this.#world.setTimeout(() => this.#connect(), offlineDelay);
        this.#become(Phase.offline);
    }

    #expectAnswer() {
        this.#world.clearTimeout(this.#answerTimer);
        this.#answerTimer = this.#world.setTimeout(() => this.#lost(), answerLimit);
    }

    #heard(text) {
        this.#world.clearTimeout(this.#answerTimer);
        this.#unanswered = 0;
        this.#onFrame(text);
    }

    #connect() {
        this.#drop();
        this.#become(this.#wasConnected || this.#attempts > 0 ? Phase.retrying : Phase.connecting);
        this.#socket = this.#newSocket();
        this.#socket.onopen = () => this.#opened();
        this.#socket.onmessage = (event) => this.#heard(event.data);
        this.#timer = this.#world.setTimeout(() => this.#lost(), handshakeLimit);
    }

    //! [socket]
    #newSocket() {
        const socket = new this.#world.WebSocket(this.#address(), [subprotocol]);
        socket.onclose = () => this.#lost(); // also after every error, which says nothing more
        return socket;
    }
    //! [socket]

    #watchSilence() {
        this.#wasRefused = false;
        this.#world.clearTimeout(this.#silenceTimer);
        if (this.#due && this.#state.phase === Phase.connected)
            this.#silenceTimer = this.#world.setTimeout(() => this.#renew(), this.#patience * (1 + this.#world.random() / 4));
    }

    // The silent socket stays until the second one has spoken, so nobody sees more than the frames that were missed.
    #renew() {
        this.#patience = Math.min(2 * this.#patience, longestSilence);
        this.#look();
    }

    #look() {
        const spare = this.#spare = this.#newSocket();
        spare.onopen = () => { spare.onclose = () => this.#lost(); };
        spare.onclose = () => this.#refused();
        spare.onmessage = (event) => this.#takeSpare(event.data);
        this.#spareTimer = this.#world.setTimeout(() => this.#lost(), handshakeLimit);
    }

    // A proxy refuses handshakes when too many pages behind one address look at once. That says nothing of the socket
    // that is there; to be refused twice does.
    #refused() {
        this.#dropSpare();
        if (this.#wasRefused) {
            this.#lost();
            return;
        }
        this.#wasRefused = true;
        this.#silenceTimer = this.#world.setTimeout(() => this.#look(), lookAgainAfter * (1 + this.#world.random()));
    }

    #takeSpare(text) {
        this.#world.clearTimeout(this.#spareTimer);
        release(this.#socket);
        this.#socket = this.#spare;
        this.#spare = null;
        this.#socket.onmessage = (event) => this.#heard(event.data);
        this.#socket.onclose = () => this.#lost();
        this.#watchSilence();
        this.#onRenewed();
        this.#heard(text);
    }

    #dropSpare() {
        this.#world.clearTimeout(this.#spareTimer);
        release(this.#spare);
        this.#spare = null;
    }

    #opened() {
        this.#world.clearTimeout(this.#timer);
        this.#wasConnected = true;
        this.#settleTimer = this.#world.setTimeout(() => { this.#attempts = 0; }, settledAfter);
        this.#expectAnswer();
        this.#become(Phase.connected);
        this.#watchSilence();
    }

    #lost() {
        this.#drop();
        if (!this.#mayTry()) {
            this.#goOffline();
            return;
        }
        ++this.#unanswered;
        const delay = backoff(this.#attempts++, this.#world.random);
        this.#timer = this.#world.setTimeout(() => this.#connect(), delay);
        this.#become(Phase.waiting, this.#world.now() + delay);
    }

    #drop() {
        this.#world.clearTimeout(this.#timer);
        this.#world.clearTimeout(this.#settleTimer);
        this.#world.clearTimeout(this.#answerTimer);
        this.#world.clearTimeout(this.#silenceTimer);
        this.#dropSpare();
        release(this.#socket);
        this.#socket = null;
    }

    #become(phase, retryAt = null) {
        this.#state = { phase, retryAt, attempts: this.#attempts, unanswered: this.#unanswered };
        this.#onState(this.#state);
    }
}

function release(socket) {
    if (!socket)
        return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
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
        // Any answer of the server will do.
        reachable: () => fetch(location.href, { method: 'HEAD', cache: 'no-store', redirect: 'manual',
            signal: AbortSignal.timeout(probeLimit) }).then(() => true, () => false),
    };
}
