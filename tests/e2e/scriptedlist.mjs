// The server's conversation list, played by the test: for rows of any age, failures and answers that come late. It keeps
// its rows as the server does: pinned first, then the newest, in pages.

export class ScriptedList {
    requests = []; // {method, path, query, body}, in the order they came
    gate = null; // async (request) => {status, body} in place of the usual answer, or nothing
    #rows = new Map();
    #removed = new Map();

    async attach(page) {
        await page.route(/\/api\/conversations/, (route) => this.#answer(route));
        return this;
    }

    put({ id, title, pinned = false, updated_at = new Date().toISOString(), answering = false, match }) {
        this.#rows.set(id, { id, title, pinned, created_at: updated_at, updated_at, messages: 2, answering, ...(match && { match }) });
    }

    get(id) {
        return this.#rows.get(id);
    }

    drop(id) {
        this.#rows.delete(id);
    }

    async #answer(route) {
        const url = new URL(route.request().url());
        const request = { method: route.request().method(), path: url.pathname, query: Object.fromEntries(url.searchParams),
            body: route.request().postData() };
        this.requests.push(request);
        const { status, body } = await this.gate?.(request) ?? this.#usual(request);
        const type = status >= 400 ? 'application/problem+json' : 'application/json';
        await route.fulfill({ status, contentType: type, body: body === undefined ? '' : JSON.stringify(body) }).catch(() => {}); // aborted
    }

    #usual({ method, path, query, body }) {
        const [, id, verb] = /^\/api\/conversations(?:\/([^/]+)(?:\/(\w+))?)?$/.exec(path);
        if (!id)
            return { status: 200, body: this.#page(query) };
        if (verb === 'restore' && this.#removed.has(id)) {
            this.put(this.#removed.get(id));
            return { status: 200, body: this.get(id) };
        }
        const row = this.get(id);
        if (!row)
            return problem(404, 'not_found', 'There is no such conversation.');
        if (method === 'DELETE') {
            this.#removed.set(id, row);
            this.drop(id);
            return { status: 204 };
        }
        const { title, ...change } = JSON.parse(body);
        this.#rows.set(id, { ...row, ...change, title: title ?? row.title });
        return { status: 200, body: this.get(id) };
    }

    #page({ limit, cursor = '0', q = '' }) {
        const wanted = q.toLowerCase();
        const rows = [...this.#rows.values()].filter(({ title, match }) => `${title} ${match?.text ?? ''}`.toLowerCase().includes(wanted))
            .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updated_at.localeCompare(a.updated_at))
            .map(({ match, ...row }) => (wanted && match ? { ...row, match } : row));
        const from = Number(cursor);
        const to = from + Number(limit);
        return { conversations: rows.slice(from, to), ...(to < rows.length && { next: String(to) }) };
    }
}

export function problem(status, code, detail) {
    return { status, body: { type: 'about:blank', title: detail, status, detail, code } };
}
