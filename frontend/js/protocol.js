// The wire format of docs/protocol.md: the page's twin of shared/protocol. Text becomes a checked frame here and JSON
// is met nowhere else. A frame keeps the names of the wire; fields that this version does not know are left behind.

export const subprotocol = 'runnel.v1';

export const Type = Object.freeze({
    message: 'message', stop: 'stop', regenerate: 'regenerate', edit: 'edit', goOn: 'continue', select: 'select',
    decide: 'decide',
    session: 'session', snapshot: 'snapshot', user: 'user', turn: 'turn', chunk: 'chunk', thought: 'thought',
    retry: 'retry', agent: 'agent', toolCall: 'tool_call', toolResult: 'tool_result', sources: 'sources',
    complete: 'complete', branch: 'branch', title: 'title', error: 'error', unknown: 'unknown',
});

export const Code = Object.freeze({
    badFrame: 'bad_frame', unknownAgent: 'unknown_agent', unknownMessage: 'unknown_message', tooLarge: 'too_large',
    queueFull: 'queue_full', rateLimited: 'rate_limited', unauthorized: 'unauthorized', forbidden: 'forbidden',
    badApiKey: 'bad_api_key', quotaExhausted: 'quota_exhausted', modelNotFound: 'model_not_found',
    modelOverloaded: 'model_overloaded', modelUnreachable: 'model_unreachable', modelError: 'model_error',
    blocked: 'blocked', interrupted: 'interrupted', toolFailed: 'tool_failed', storageFailed: 'storage_failed',
    internal: 'internal',
});

export const FinishReason = Object.freeze({
    stop: 'stop', stopped: 'stopped', length: 'length', blocked: 'blocked', interrupted: 'interrupted',
});

export const MessageState = Object.freeze({
    running: 'running', done: 'done', stopped: 'stopped', interrupted: 'interrupted', failed: 'failed',
});

export const FloorState = Object.freeze({ started: 'started', finished: 'finished' });

export const ToolState = Object.freeze({
    waiting: 'waiting', running: 'running', done: 'done', failed: 'failed', unfinished: 'unfinished',
});

export const Decision = Object.freeze({ allow: 'allow', allowAlways: 'allow_always', deny: 'deny' });

// The default of the server's MAX_MESSAGE_BYTES; `session.limits` says the one that holds.
export const defaultMessageBytes = 64 * 1024;

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

export function isId(value) {
    return typeof value === 'string' && idPattern.test(value);
}

// ---- what a field may be ----------------------------------------------------------------------------------------

const text = (value) => typeof value === 'string';
const flag = (value) => typeof value === 'boolean';
const count = (value) => Number.isSafeInteger(value) && value >= 0;
const amount = (value) => Number.isFinite(value) && value >= 0;
const object = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value) => Array.isArray(value) && value.every(text);
const textOrNull = (value) => value === null || text(value);
const listOf = (fields) => (value) => Array.isArray(value) && value.every((one) => pick(one, fields) !== null);
const recordOf = (fields) => (value) => pick(value, fields) !== null;

const optional = (check) => Object.assign((value) => check(value), { optional: true, shape: check.shape });

function shaped(check, shape) {
    check.shape = shape;
    return check;
}
const list = (fields) => shaped(listOf(fields), (value) => value.map((one) => pick(one, fields)));
const record = (fields) => shaped(recordOf(fields), (value) => pick(value, fields));

const usage = {
    prompt_tokens: optional(count), cached_tokens: optional(count), thought_tokens: optional(count),
    answer_tokens: optional(count), total_tokens: optional(count), cost_usd: optional(amount),
};

const floor = { agent: text, parent: optional(text), state: text };

const sources = list({ title: text, url: text, spans: list({ start: count, end: count }) });

// The arguments are the tool's own business and stay as they came.
const call = { call: text, tool: text, arguments: object, agent: text, state: text };
const result = { content: optional(text), error: optional(text) };

const message = {
    message_id: text, parent_id: textOrNull, role: text, content: text, at: text, id: optional(text),
    turn: optional(text), agent: optional(text), model: optional(text), state: optional(text), thoughts: optional(text),
    agents: optional(list(floor)), tools: optional(list({ ...call, ...result, ms: optional(count) })), sources: optional(sources),
    finish_reason: optional(text), usage: optional(record(usage)),
    error: optional(record({ code: text, error: text })),
};

const serverFrames = {
    session: {
        session: text, seq: count, agents: list({ name: text, description: text, model: text }), model: text,
        limits: record({ message_bytes: count, queued_messages: count }), demo: flag, epoch: optional(text),
        resumed: optional(flag),
    },
    snapshot: { seq: count, messages: list(message), active: textOrNull, title: optional(text), taken: optional(texts) },
    user: { seq: count, message_id: text, parent_id: textOrNull, content: text, id: optional(text), at: text },
    turn: {
        seq: count, turn: text, message_id: text, parent_id: textOrNull, agent: text, model: text, id: optional(text),
        at: text,
    },
    chunk: { seq: count, turn: text, content: text, agent: text },
    thought: { seq: count, turn: text, content: text, agent: text },
    retry: { seq: count, turn: text, code: text, error: text, retry_after_ms: count, attempt: count },
    agent: { seq: count, turn: text, ...floor },
    tool_call: { seq: count, turn: text, ...call },
    tool_result: { seq: count, turn: text, call: text, ...result, ms: count },
    sources: { seq: count, turn: text, sources },
    complete: {
        seq: count, turn: text, message_id: text, agent: text, finish_reason: text, usage: record(usage), at: text,
    },
    branch: { seq: count, active: text },
    title: { seq: count, title: textOrNull },
    error: {
        seq: optional(count), turn: optional(text), id: optional(text), code: text, error: text,
        retry_after_ms: optional(count),
    },
};

// The known fields of `value` in the order of `fields`; null when one is missing or of a wrong kind.
function pick(value, fields) {
    if (!object(value))
        return null;
    const picked = {};
    for (const [name, check] of Object.entries(fields)) {
        const field = value[name];
        if (field === undefined) {
            if (check.optional)
                continue;
            return null;
        }
        if (!check(field))
            return null;
        picked[name] = check.shape ? check.shape(field) : field;
    }
    return picked;
}

// A frame of the server as a checked object; null for what is no frame at all. A type of tomorrow becomes
// `{type: 'unknown', seq}`, so that it is counted and passed over.
export function decode(wire) {
    let value;
    try {
        value = JSON.parse(wire);
    } catch {
        return null;
    }
    if (typeof value !== 'object' || value === null || typeof value.type !== 'string')
        return null;
    if (!Object.hasOwn(serverFrames, value.type))
        return { type: Type.unknown, seq: count(value.seq) ? value.seq : 0 };
    const picked = pick(value, serverFrames[value.type]);
    if (value.type === Type.toolResult && value.content === undefined && value.error === undefined)
        return null;
    return picked && { type: value.type, ...picked };
}

export function encodeMessage({ content, agent, id }) {
    return JSON.stringify({ type: Type.message, message: content, agent: agent || undefined, id: id || undefined });
}

export function encodeRegenerate({ message_id, agent, id }) {
    return JSON.stringify({ type: Type.regenerate, message_id, agent: agent || undefined, id: id || undefined });
}

export function encodeEdit({ message_id, content, agent, id }) {
    return JSON.stringify({ type: Type.edit, message_id, message: content, agent: agent || undefined, id: id || undefined });
}

export function encodeContinue({ message_id, id }) {
    return JSON.stringify({ type: Type.goOn, message_id, id: id || undefined });
}

export function encodeSelect(message_id) {
    return JSON.stringify({ type: Type.select, message_id });
}

export function encodeStop(turn) {
    return JSON.stringify({ type: Type.stop, turn });
}

export function encodeDecide({ call: id, decision }) {
    return JSON.stringify({ type: Type.decide, call: id, decision });
}

// ---- ids and addresses ------------------------------------------------------------------------------------------

// 128 random bits, 22 characters that an id may have. Not crypto.randomUUID: over plain HTTP in a local network a
// page is no secure context and has none.
export function newId(random = crypto) {
    const bytes = random.getRandomValues(new Uint8Array(16));
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    let bits = 0;
    let held = 0;
    let id = '';
    for (const byte of bytes) {
        held = (held << 8) | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            id += alphabet[(held >> bits) & 63];
        }
        held &= (1 << bits) - 1;
    }
    return id + alphabet[(held << (6 - bits)) & 63];
}

// `known`: the newest frame that the page has, and the log that it is of; null when it has none.
export function chatUrl(location, session, known = null) {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const query = known ? `?after=${known.seq}&epoch=${encodeURIComponent(known.epoch)}` : '';
    return `${scheme}//${location.host}/ws/chat/${encodeURIComponent(session)}${query}`;
}

export function byteLength(content) {
    return new TextEncoder().encode(content).length;
}
