// The server's conversation list over HTTP: requests, limits of time, and errors in the server's own words. No DOM.

const path = '/api/conversations';
const limit = 15_000; // ms, for a small answer
const fileLimit = 60_000; // ms, for a conversation in a file

// `status` 0: no answer came. The message is for people.
export class ApiError extends Error {
    constructor(status, code, message) {
        super(message);
        this.status = status;
        this.code = code;
    }
}

export class ConversationsApi {
    #fetch;

    constructor(fetch = (...args) => globalThis.fetch(...args)) {
        this.#fetch = fetch;
    }

    // {conversations, next?}. An `AbortError` comes through as it is: whoever aborted knows.
    async list({ limit: count, cursor, words, signal }) {
        const query = new URLSearchParams({ limit: String(count) });
        if (cursor)
            query.set('cursor', cursor);
        if (words)
            query.set('q', words);
        const page = await this.#json(`${path}?${query}`, { signal });
        if (!Array.isArray(page?.conversations))
            throw unreadable(200);
        return { conversations: page.conversations.filter(isConversation), next: typeof page.next === 'string' ? page.next : null };
    }

    // `change`: {title} (null: after its first message again), {pinned} or both.
    async change(id, change) {
        return this.#conversation(this.#one(id), { method: 'PATCH', headers: jsonHeaders, body: JSON.stringify(change) });
    }

    async remove(id) {
        await this.#request(this.#one(id), { method: 'DELETE' });
    }

    async restore(id) {
        return this.#conversation(`${this.#one(id)}/restore`, { method: 'POST' });
    }

    // What was exported as JSON once. A file is not read here: it may be any file, of any size.
    async importFile(file) {
        return this.#conversation(path, { method: 'POST', headers: jsonHeaders, body: file }, fileLimit);
    }

    exportUrl(id, format) {
        return `${this.#one(id)}/export?format=${format}`;
    }

    #one(id) {
        return `${path}/${encodeURIComponent(id)}`;
    }

    async #conversation(url, options, time) {
        const conversation = await this.#json(url, options, time);
        if (!isConversation(conversation))
            throw unreadable(200);
        return conversation;
    }

    async #json(url, options, time) {
        const response = await this.#request(url, options, time);
        try {
            return await response.json();
        } catch (error) {
            rethrowAbort(error, options?.signal);
            throw unreadable(response.status);
        }
    }

    async #request(url, { signal, ...options } = {}, time = limit) {
        const late = AbortSignal.timeout(time);
        let response;
        try {
            response = await this.#fetch(url, { cache: 'no-store', ...options, signal: signal ? AbortSignal.any([signal, late]) : late });
        } catch (error) {
            rethrowAbort(error, signal);
            throw new ApiError(0, 'unreachable', 'The server does not answer.');
        }
        if (!response.ok)
            throw await problem(response);
        return response;
    }
}

const jsonHeaders = { 'Content-Type': 'application/json' };

function rethrowAbort(error, signal) {
    if (signal?.aborted)
        throw error;
}

// A proxy before the server answers with a page of its own, so the words may be missing.
async function problem(response) {
    const body = await response.json().catch(() => null);
    const said = [body?.detail, body?.error, body?.title].find((text) => typeof text === 'string' && text !== '');
    return new ApiError(response.status, typeof body?.code === 'string' ? body.code : '',
        said ?? `The server answered with the status ${response.status}.`);
}

function unreadable(status) {
    return new ApiError(status, 'unreadable', 'The server gave an answer that this page cannot read.');
}

function isConversation(value) {
    return typeof value?.id === 'string' && typeof value.title === 'string';
}
