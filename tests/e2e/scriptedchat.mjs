// The server's end of the page's WebSocket, played by the test frame by frame: for states that last a moment or that a
// real server is rarely in. The files come from the real server. It keeps the conversation with the page's own
// reducer, so that a page that comes back gets a true snapshot.

import { initialState, reduce, running } from '../../frontend/js/reducer.js';
import { titleFrom } from '../../frontend/js/words.js';
import { ScriptedList } from './scriptedlist.mjs';

const agents = [
    { name: 'default', description: 'A helpful assistant for everyday questions', model: 'gemini-flash-latest' },
    { name: 'coder', description: 'Writes and explains code, briefly', model: 'gemini-flash-latest' },
    { name: 'tutor', description: 'Explains step by step and asks back', model: 'gemini-flash-latest' },
];

export class ScriptedChat {
    received = []; // what the page sent, decoded
    connections = 0;
    refusing = false; // connections are closed as they come
    list = new ScriptedList(); // the conversation is in it once it has a message
    #sockets = new Set();
    #state = initialState();
    #waiting = [];
    #session = null; // the conversation that is played; every other one is empty
    #demo;
    #at;

    constructor({ demo = false, at = () => new Date() } = {}) {
        this.#demo = demo;
        this.#at = () => at().toISOString();
    }

    async attach(page) {
        await this.list.attach(page);
        await page.routeWebSocket(/\/ws\/chat\//, (socket) => this.#connected(socket));
        return this;
    }

    // Waits for a frame of the page: one that was received already or the next that fits.
    async next(fits) {
        const found = this.received.find(fits);
        if (found)
            return found;
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error('the page did not send that frame')), 10_000);
            this.#waiting.push({ fits, resolve: (frame) => { clearTimeout(timer); resolve(frame); } });
        });
    }

    ask(content, { id, at } = {}) {
        const message_id = `m${this.#state.seq + 1}`;
        this.push({ type: 'user', message_id, parent_id: this.#state.active, content, ...(id && { id }), at: at ?? this.#at() });
        return message_id;
    }

    // Of a message that is there already: it goes on.
    begin({ agent = 'default', at, parent_id = this.#state.active, message_id = `m${this.#state.seq + 1}`, id } = {}) {
        const name = `t${this.#state.seq + 1}`;
        this.push({ type: 'turn', turn: name, message_id, parent_id, agent, model: 'gemini-flash-latest', ...(id && { id }), at: at ?? this.#at() });
        return { name, message_id, agent };
    }

    say({ name, agent }, content) {
        this.push({ type: 'chunk', turn: name, content, agent });
    }

    think({ name, agent }, content) {
        this.push({ type: 'thought', turn: name, content, agent });
    }

    // A tool is called, or stands in another way now.
    call({ name, agent }, call, tool, given, state = 'running') {
        this.push({ type: 'tool_call', turn: name, call, tool, arguments: given, agent, state });
    }

    // `what`: {content} or {error}
    result({ name }, call, what, ms = 231) {
        this.push({ type: 'tool_result', turn: name, call, ...what, ms });
    }

    // [title, url] each
    cite({ name }, sources) {
        this.push({ type: 'sources', turn: name, sources: sources.map(([title, url]) => ({ title, url, spans: [] })) });
    }

    end({ name, message_id, agent }, finish_reason = 'stop', usage = {}) {
        this.push({ type: 'complete', turn: name, message_id, agent, finish_reason,
            usage: { prompt_tokens: 12, answer_tokens: 300, total_tokens: 312, ...usage }, at: this.#at() });
    }

    fail({ name }, code, error) {
        this.push({ type: 'error', turn: name, code, error });
    }

    // A whole exchange.
    exchange(question, answer, times = {}) {
        this.ask(question, times);
        const turn = this.begin(times);
        this.say(turn, answer);
        this.end(turn);
    }

    push({ type, ...fields }) {
        const frame = { type, seq: this.#state.seq + 1, ...fields };
        this.#state = reduce(this.#state, frame);
        this.#listed();
        this.sendRaw(JSON.stringify(frame));
    }

    sendRaw(text) {
        for (const socket of this.#sockets)
            socket.send(text);
    }

    // The conversation that is opened next is played, from its beginning; the ids are the same ones again.
    playNext() {
        this.#session = null;
        this.#state = initialState();
        this.#sockets.clear();
    }

    // The server was restarted, or dropped the conversation.
    forget() {
        this.#state = initialState();
        this.list.drop(this.#session);
    }

    // Known to the list as the server knows it.
    #listed() {
        const { title, messages } = this.#state;
        if (this.#session === null || messages.length === 0)
            return;
        this.list.put({ pinned: false, ...this.list.get(this.#session), id: this.#session, title: title ?? titleFrom(messages[0].content),
            updated_at: messages.at(-1).at, answering: running(this.#state) !== undefined });
    }

    get session() {
        return this.#session;
    }

    drop() {
        for (const socket of this.#sockets)
            socket.close({ code: 1012 });
        this.#sockets.clear();
    }

    #connected(socket) {
        ++this.connections;
        if (this.refusing) {
            socket.close({ code: 1013 });
            return;
        }
        const session = new URL(socket.url()).pathname.split('/').pop();
        socket.onMessage((text) => this.#heard(JSON.parse(text)));
        socket.onClose(() => this.#sockets.delete(socket));
        if (this.#session === null) {
            this.#session = session;
            this.#listed();
        }
        const { seq, messages, active, title } = session === this.#session ? this.#state : initialState();
        socket.send(JSON.stringify({ type: 'session', session, seq, agents, model: 'gemini-flash-latest',
            limits: { message_bytes: 65536, queued_messages: 8 }, demo: this.#demo }));
        socket.send(JSON.stringify({ type: 'snapshot', seq, messages, active, ...(title && { title }) }));
        if (session === this.#session)
            this.#sockets.add(socket);
    }

    #heard(frame) {
        this.received.push(frame);
        this.#waiting = this.#waiting.filter(({ fits, resolve }) => {
            if (!fits(frame))
                return true;
            resolve(frame);
            return false;
        });
    }
}
