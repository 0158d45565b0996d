// Frames to state, purely: the same frames end in the same state, whatever the cuts, live or after a snapshot. What
// the page itself does (a message sent, a connection that changed) comes in as frames of its own, `local/…`.
//
// state.messages is the tree in the order of the log; visible() walks the branch that is shown, siblings() says what
// else stands at a place.

import { Code, FinishReason, FloorState, MessageState, ToolState, Type } from './protocol.js';

// What the outbox holds; the words of the wire.
export const Kind = Object.freeze({ message: Type.message, edit: Type.edit, regenerate: Type.regenerate, goOn: Type.goOn });

export const Local = Object.freeze({
    send: 'local/send', // {id, kind?, message_id?, content?, agent, at}: queued until the `user` or `turn` frame with the id
    sent: 'local/sent', // {id}: given to the socket
    unsent: 'local/unsent', // the socket has gone: what was given to it and not taken has to be given again
    withdraw: 'local/withdraw', // {id}
    decided: 'local/decided', // {call}: what the person wants was given to the socket
    dismiss: 'local/dismiss',
    leave: 'local/leave', // another conversation is opened; `held`: the server had messages of it
});

export function initialState() {
    return {
        session: null,
        seq: 0,
        agents: [],
        model: '',
        limits: null,
        demo: false,
        messages: [],
        active: null,
        title: null,
        epoch: null, // of the log that `seq` counts
        epochToCome: null, // of the connection: the snapshot that it announces brings it
        outbox: [], // {id, kind, message_id, content, agent, at, sent, error}
        retry: null, // {turn, code, error, retry_after_ms, attempt} until the turn goes on
        decided: [], // ids of tool calls whose decision the server has and has not answered yet
        notice: null, // {code, error}: an error that belongs to no message
        held: false, // the server had messages of this conversation when it was open before
        forgotten: false, // the server had it and has it no more; until the person has taken note
    };
}

const handlers = {
    [Type.session](state, frame) {
        const { session, agents, model, limits, demo, epoch: epochToCome = null, resumed = false } = frame;
        const epoch = resumed ? epochToCome : state.epoch;
        return { ...state, session, agents, model, limits, demo, epoch, epochToCome };
    },

    [Type.snapshot](state, frame) {
        const messages = frame.messages.map((message) => (
            withoutEmptyUsage(message.state === MessageState.running ? message : ended(message))));
        const known = new Set([...messages.map((message) => message.id), ...(frame.taken ?? [])].filter(Boolean));
        return {
            ...state,
            seq: frame.seq,
            messages,
            active: frame.active,
            title: frame.title ?? null,
            epoch: state.epochToCome,
            outbox: state.outbox.filter((item) => !known.has(item.id)),
            retry: frame.seq === state.seq && frame.active === state.active ? state.retry : null, // snapshots have none
            decided: none(state.decided),
            held: false,
            forgotten: state.forgotten || isGone(state, messages),
        };
    },

    [Type.user](state, frame) {
        const { message_id, parent_id, content, at, id } = frame;
        const message = { message_id, parent_id, role: 'user', content, at };
        if (id !== undefined)
            message.id = id;
        return {
            ...append(state, message),
            outbox: withoutItem(state.outbox, id),
            notice: null,
        };
    },

    [Type.turn](state, frame) {
        const { message_id, parent_id, turn, agent, model, at, id } = frame;
        const begun = { turn, agent, model, state: MessageState.running, ...(id !== undefined && { id }) };
        const settled = { ...state, outbox: withoutItem(state.outbox, id), retry: null };
        const index = state.messages.findLastIndex((message) => message.message_id === message_id);
        if (index < 0)
            return append(settled, { message_id, parent_id, role: 'model', content: '', at, ...begun });
        const { finish_reason, usage, error, ...kept } = state.messages[index]; // it goes on
        return { ...settled, messages: state.messages.with(index, { ...kept, ...begun }), active: message_id };
    },

    //! [chunk]
    [Type.chunk](state, frame) {
        const change = (message) => ({ ...message, content: message.content + frame.content });
        return { ...changeTurn(state, frame.turn, change), retry: null };
    },
    //! [chunk]

    [Type.thought](state, frame) {
        const change = (message) => ({ ...message, thoughts: (message.thoughts ?? '') + frame.content });
        return { ...changeTurn(state, frame.turn, change), retry: null };
    },

    [Type.retry](state, frame) {
        const { turn, code, error, retry_after_ms, attempt } = frame;
        return { ...state, retry: { turn, code, error, retry_after_ms, attempt } };
    },

    [Type.agent](state, { turn, agent, parent, state: floor }) {
        const change = (message) => {
            const { agents = [] } = message;
            const index = agents.findIndex((one) => one.agent === agent);
            if (index >= 0)
                return { ...message, agents: agents.with(index, { ...agents[index], state: floor }) };
            if (floor === FloorState.finished)
                return message;
            return { ...message, agents: [...agents, { agent, ...(parent !== undefined && { parent }), state: floor }] };
        };
        return { ...changeTurn(state, turn, change), retry: null };
    },

    [Type.toolCall](state, { turn, call, tool, arguments: given, agent, state: stands }) {
        const change = (message) => {
            const { tools = [] } = message;
            const index = tools.findIndex((one) => one.call === call);
            const now = { ...tools[index], call, tool, arguments: given, agent, state: stands };
            return { ...message, tools: index < 0 ? [...tools, now] : tools.with(index, now) };
        };
        return { ...changeTurn(state, turn, change), retry: null, decided: without(state.decided, call) };
    },

    [Type.toolResult](state, { turn, call, content, error, ms }) {
        const change = (message) => {
            const index = message.tools?.findIndex((one) => one.call === call) ?? -1;
            if (index < 0)
                return message;
            const { content: oldContent, error: oldError, ...called } = message.tools[index];
            const now = { ...called, state: error === undefined ? ToolState.done : ToolState.failed,
                ...(error === undefined && content && { content }), ...(error && { error }), ms };
            return { ...message, tools: message.tools.with(index, now) };
        };
        return { ...changeTurn(state, turn, change), retry: null, decided: without(state.decided, call) };
    },

    [Type.sources](state, frame) {
        const change = ({ sources, ...message }) => (
            frame.sources.length > 0 ? { ...message, sources: frame.sources } : message);
        return { ...changeTurn(state, frame.turn, change), retry: null };
    },

    [Type.complete](state, frame) {
        const { finish_reason, usage } = frame;
        const change = (message) => (
            withoutEmptyUsage({ ...ended(message), state: stateAfter(finish_reason), finish_reason, usage }));
        return { ...changeTurn(state, frame.turn, change), retry: null };
    },

    [Type.error](state, frame) {
        const error = { code: frame.code, error: frame.error };
        if (frame.turn !== undefined) {
            const change = (message) => ({ ...ended(message), state: MessageState.failed, error });
            return { ...changeTurn(state, frame.turn, change), retry: null };
        }
        const refused = state.outbox.find((item) => item.id === frame.id);
        if (refused) {
            // A server that shuts down takes nothing any more: the message waits for the next one.
            const change = frame.code === Code.interrupted ? { sent: false } : { error };
            if (change.error && !hasText(refused)) // it has no row that the refusal could stand at
                return { ...state, outbox: withoutItem(state.outbox, refused.id), notice: error };
            return { ...state, outbox: state.outbox.map((item) => (item.id === frame.id ? { ...item, ...change } : item)) };
        }
        return { ...state, notice: error, decided: none(state.decided) }; // a decision may be what was refused
    },

    [Type.branch](state, { active }) {
        return state.messages.some((message) => message.message_id === active) ? { ...state, active } : state;
    },

    [Type.title](state, { title }) {
        return { ...state, title };
    },

    [Local.send](state, { id, kind = Kind.message, message_id = null, content = '', agent, at }) {
        const item = { id, kind, message_id, content, agent, at, sent: false, error: null };
        // Who has read that it was deleted and writes on knows enough.
        const forgotten = state.forgotten && state.notice?.code !== Code.unknownMessage;
        return { ...state, outbox: [...state.outbox, item], notice: null, forgotten };
    },

    [Local.sent](state, { id }) {
        return { ...state, outbox: state.outbox.map((item) => (item.id === id ? { ...item, sent: true } : item)) };
    },

    [Local.decided](state, { call }) {
        return { ...state, decided: [...without(state.decided, call), call] };
    },

    [Local.unsent](state) {
        const outbox = state.outbox.map((item) => (item.sent ? { ...item, sent: false } : item));
        return { ...state, outbox, decided: none(state.decided) };
    },

    [Local.withdraw](state, { id }) {
        return { ...state, outbox: withoutItem(state.outbox, id) };
    },

    [Local.dismiss](state) {
        return state.notice ? { ...state, notice: null } : { ...state, forgotten: false };
    },

    [Local.leave](state, { session, outbox = [], held = false }) {
        const { agents, model, limits, demo } = state;
        return { ...initialState(), session, agents, model, limits, demo, outbox, held };
    },
};

// Frames of the log come in order and once; one that was seen already (doubled by a connection that came back) changes
// nothing. A type that this version does not know only counts.
//! [reduce]
export function reduce(state, frame) {
    const inLog = frame.seq > 0 && frame.type !== Type.session && frame.type !== Type.snapshot;
    if (inLog && frame.seq <= state.seq)
        return state;
    const handler = handlers[frame.type];
    const next = handler ? handler(state, frame) : state;
    return inLog ? { ...next, seq: frame.seq } : next;
}
//! [reduce]

// The messages of the branch that is shown, from the first to the newest.
export function visible(state) {
    const byId = new Map(state.messages.map((message) => [message.message_id, message]));
    const branch = [];
    for (let id = state.active; id !== null && byId.has(id); id = byId.get(id).parent_id) {
        branch.push(byId.get(id));
        if (branch.length > state.messages.length)
            break; // a parent that is its own descendant: the server would have to be broken
    }
    return branch.reverse();
}

// The last of them, or undefined.
export function newestShown(state) {
    return state.messages.findLast(({ message_id }) => message_id === state.active);
}

// The ids of the messages that stand at one place, oldest first, by the parent that they share (null at the root).
export function siblings(state) {
    const byParent = new Map();
    for (const { message_id, parent_id } of state.messages) {
        const ids = byParent.get(parent_id);
        if (ids)
            ids.push(message_id);
        else
            byParent.set(parent_id, [message_id]);
    }
    return byParent;
}

// Whether that item of the outbox is something that a person wrote, so that it is shown.
export function hasText({ kind = Kind.message }) {
    return kind === Kind.message || kind === Kind.edit;
}

// The answer under way, or undefined.
export function running(state) {
    return state.messages.findLast((message) => message.state === MessageState.running);
}

// Nothing of what the server had is in its snapshot: perhaps another conversation has begun under the same name.
function isGone({ messages: [first], held }, messages) {
    if (!first)
        return held && messages.length === 0;
    return !messages.some(({ message_id, at }) => message_id === first.message_id && at === first.at);
}

function withoutItem(outbox, id) {
    return outbox.some((item) => item.id === id) ? outbox.filter((item) => item.id !== id) : outbox;
}

function without(ids, id) {
    return ids.includes(id) ? ids.filter((one) => one !== id) : ids;
}

function none(ids) {
    return ids.length > 0 ? [] : ids;
}

function append(state, message) {
    return { ...state, messages: [...state.messages, message], active: message.message_id };
}

// The turn is near the end of the list nearly always, so the search goes from there.
function changeTurn(state, turn, change) {
    const index = state.messages.findLastIndex((message) => message.turn === turn);
    if (index < 0)
        return state;
    const messages = state.messages.slice();
    messages[index] = change(messages[index]);
    return { ...state, messages };
}

// With the end of its turn nobody has the floor, and what it called ends, too.
function ended(message) {
    const { agents, tools } = message;
    if (!agents && !tools)
        return message;
    const isOver = ({ state }) => [ToolState.done, ToolState.failed, ToolState.unfinished].includes(state);
    return {
        ...message,
        ...(agents && { agents: agents.map((one) => ({ ...one, state: FloorState.finished })) }),
        ...(tools && { tools: tools.map((one) => (isOver(one) ? one : { ...one, state: ToolState.unfinished })) }),
    };
}

function stateAfter(reason) {
    switch (reason) {
    case FinishReason.stopped:
        return MessageState.stopped;
    case FinishReason.interrupted:
        return MessageState.interrupted;
    default:
        return MessageState.done;
    }
}

// A live answer says "nothing was counted" with an empty object, a snapshot may leave the field out.
function withoutEmptyUsage(message) {
    if (message.usage === undefined || Object.keys(message.usage).length > 0)
        return message;
    const { usage, ...rest } = message;
    return rest;
}
