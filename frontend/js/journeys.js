// What this browser saw of its newest turns and when, for the page of a trace (trace.html), which joins it to what the
// server saw. Only where the server keeps traces. No DOM, no word of what was said.
//
// A journey: {session, id, sent, user, turn, turnAt, chunk, painted, end, chunks, skew}; times are milliseconds since
// 1970 by performance.timeOrigin, which does not jump while a page is open. `skew`: what Date said beyond that.

import { Type } from './protocol.js';
import { ofBrowser } from './storage.js';

const most = 20;
const key = 'journeys';

export class Journeys {
    #world;
    #traced = null; // nobody knows yet
    #open = []; // those that have not ended yet, oldest first
    #ended = []; // before it was known

    // `world` is what a test replaces: {now, date, afterPaint, store}.
    constructor(world = browserWorld()) {
        this.#world = world;
    }

    // Whether the server keeps traces.
    set traced(traced) {
        this.#traced = traced;
        const ended = this.#ended.splice(0);
        if (traced)
            ended.forEach((journey) => this.#keep(journey));
        else
            this.#open = [];
    }

    get traced() {
        return this.#traced === true;
    }

    // A message, or what else asks for an answer, goes to the socket. Sent again it begins anew.
    sent(session, id) {
        if (this.#traced === false)
            return;
        this.#open = [...this.#open.filter((one) => one.id !== id), { session, id, sent: this.#world.now(), chunks: 0 }].slice(-most);
    }

    frame(session, frame) {
        if (this.#open.length === 0)
            return;
        const now = this.#world.now();
        const { type } = frame;
        const here = this.#open.filter((one) => one.session === session);
        if (type === Type.user) {
            Object.assign(here.find(({ id }) => id === frame.id) ?? {}, { user: now, message: frame.message_id });
        } else if (type === Type.turn) {
            const asked = here.find(({ id, message }) => id === frame.id || (message !== undefined && message === frame.parent_id));
            Object.assign(asked ?? {}, { turn: frame.turn, turnAt: now });
        } else {
            const journey = here.find(({ turn }) => turn !== undefined && turn === frame.turn);
            if (journey)
                this.#ofTurn(journey, type, now);
        }
    }

    #ofTurn(journey, type, now) {
        if (type === Type.chunk && ++journey.chunks === 1) {
            journey.chunk = now;
            this.#world.afterPaint(() => {
                journey.painted = this.#world.now();
                if (journey.end !== undefined)
                    this.#keep(journey);
            });
        } else if (type === Type.complete || type === Type.error) {
            journey.end = now;
            this.#open = this.#open.filter((one) => one !== journey);
            this.#keep(journey);
        }
    }

    #keep(journey) {
        if (this.#traced === null)
            this.#ended = [...this.#ended, journey].slice(-most);
        else if (this.#traced)
            this.#store(journey);
    }

    #store({ message, ...journey }) {
        const others = keptJourneys(this.#world.store).filter((one) => one.id !== journey.id);
        this.#world.store.set(key, [...others, { ...journey, skew: this.#world.date() - this.#world.now() }].slice(-most));
    }
}

// Whether the server keeps traces; what cannot be asked does not.
export async function keepsTraces() {
    try {
        const response = await fetch('/api/health', { cache: 'no-store' });
        return response.ok && (await response.json()).traces > 0;
    } catch {
        return false;
    }
}

export const traceUrl = ({ session, turn }) => `/trace/${encodeURIComponent(session)}/${encodeURIComponent(turn)}`;

function keptJourneys(store) {
    const kept = store.get(key, []);
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.sent === 'number') : [];
}

// The journey of that turn, or null where another browser asked, or too long ago. The server's own time tells two apart
// that a server without a memory has named alike; its clock may be an hour off, but hardly.
export function journeyOf({ session, turn, begun_us }, store = ofBrowser) {
    const begun = begun_us / 1000;
    const fits = (one) => one.session === session && one.turn === turn && Math.abs(one.turnAt - begun) < 3_600_000;
    return keptJourneys(store).filter(fits).sort((a, b) => Math.abs(a.turnAt - begun) - Math.abs(b.turnAt - begun))[0] ?? null;
}

function browserWorld() {
    return {
        now: () => performance.timeOrigin + performance.now(),
        date: () => Date.now(),
        // The page shows a chunk in the next animation frame; a message that is posted then comes when it is painted.
        afterPaint: (done) => requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
                port1.close();
                done();
            };
            port2.postMessage(null);
        }),
        store: ofBrowser,
    };
}
