// The rows of the side bar, as the server has them: pages by cursor, a search, changes that are shown at once and taken
// back when they are refused. No DOM; `onChange()` after every change of what is shown.
//
// Requests are bounded: one refresh at a time and at most one a second, whatever asks for it; another conversation that
// is being answered is looked at again ever more seldom; nothing is asked for while the page is hidden.

const pageSize = 50;
const largestPage = 200; // what the server gives at once
const betweenRefreshes = 1000; // ms
const firstLook = 4000; // ms, at an answer of another conversation
const longestLook = 30_000;
const typingPause = 200; // ms without a key before a search is sent

export class ConversationList {
    #api;
    #onChange;
    #onEdit;
    #world;
    #rows = [];
    #next = null; // the cursor after the rows
    #search = null; // {words, rows, next, error}
    #wanted = ''; // the words that were typed last
    #state = 'loading'; // or 'ready', 'failed'
    #error = null; // of the refresh
    #loadingMore = false;
    #moreError = null;
    #refreshing = false;
    #again = false; // something changed while the list was on its way
    #refreshTimer = null;
    #refreshedAt = -Infinity;
    #typing = null; // the timer of the pause
    #searching = null; // AbortController of the search on its way
    #lookTimer = null;
    #look = firstLook;
    #watched = ''; // the other conversations that are answered
    #removed = new Set(); // shown as gone before the server has said so
    #titles = new Map(); // given here, and not taken by the server yet
    #edits = 0; // counts changes from here: what was read before one of them is old
    #current = null;

    // `onEdit`: the server has taken a change. `world` is what a test replaces: {setTimeout, clearTimeout, now, isHidden}.
    constructor(api, { onChange, onEdit = () => {}, world = browserWorld() }) {
        this.#api = api;
        this.#onChange = onChange;
        this.#onEdit = onEdit;
        this.#world = world;
    }

    // What is to be shown: of the search, when there is one.
    get shown() {
        const { rows, next, error } = this.#search ?? { rows: this.#rows, next: this.#next, error: this.#error };
        return {
            state: this.#search ? 'ready' : this.#state,
            error,
            moreError: this.#moreError,
            words: this.#search?.words ?? '',
            rows: rows.filter(({ id }) => !this.#removed.has(id)),
            more: next !== null,
            busy: this.#loadingMore || this.isSearching,
        };
    }

    get isSearching() {
        return this.#typing !== null || this.#searching !== null;
    }

    row(id) {
        return this.#rows.find((one) => one.id === id) ?? this.#search?.rows.find((one) => one.id === id);
    }

    // A conversation that began here and is not open any more: the next refresh says what the server has of it.
    assume(row) {
        if (this.#state === 'ready' && !this.row(row.id) && !this.#removed.has(row.id)) {
            this.#rows = [...this.#rows, row].sort(byPlace);
            this.refresh();
        }
    }

    // While the server has not said what it thinks of it.
    titleToCome(id) {
        return this.#titles.get(id);
    }

    // The open conversation tells by itself when it is answered.
    set current(id) {
        this.#current = id;
        this.#watch();
    }

    // Something may have changed. Returns at once.
    refresh() {
        if (this.#world.isHidden() || this.#refreshTimer !== null)
            return;
        if (this.#refreshing) {
            this.#again = true;
            return;
        }
        const wait = Math.max(0, this.#refreshedAt + betweenRefreshes - this.#world.now());
        if (wait === 0)
            this.#load();
        else
            this.#refreshTimer = this.#world.setTimeout(() => { this.#refreshTimer = null; this.#load(); }, wait);
    }

    // A person asks again after a failure.
    retry() {
        if (this.#moreError) {
            this.more();
        } else if (this.#search?.error) {
            this.#find(this.#search.words);
            this.#onChange();
        } else {
            this.#state = this.#rows.length > 0 ? 'ready' : 'loading';
            this.#error = null;
            this.#onChange();
            this.refresh();
        }
    }

    // The next page; of the search, when there is one.
    async more() {
        const of = this.#search ?? { rows: this.#rows, next: this.#next };
        if (this.#loadingMore || of.next === null)
            return;
        this.#loadingMore = true;
        this.#moreError = null;
        this.#onChange();
        try {
            const { conversations, next } = await this.#api.list({ limit: pageSize, cursor: of.next, words: of.words });
            if (of === this.#search)
                this.#search = { ...of, rows: union(of.rows, conversations), next };
            else if (of.rows === this.#rows) // else a refresh came first, and what it brought is newer
                [this.#rows, this.#next] = [union(of.rows, conversations), next];
        } catch (error) {
            this.#moreError = error;
        }
        this.#loadingMore = false;
        this.#watch();
        this.#onChange();
    }

    // Words to look for; none end the search. `now`: without waiting for the next key.
    find(text, now = false) {
        const words = text.trim();
        if (words === this.#wanted && !(now && this.#typing !== null))
            return;
        this.#wanted = words;
        this.#moreError = null;
        this.#endSearch();
        if (words === '') {
            this.#search = null;
        } else if (now) {
            this.#find(words);
        } else {
            this.#typing = this.#world.setTimeout(() => { this.#typing = null; this.#find(words); }, typingPause);
        }
        this.#onChange();
    }

    // ---- changes ------------------------------------------------------------------------------------------------

    // `change`: {title} or {pinned}. Rejects with the server's reason, and the row is as it was.
    async change(id, change) {
        const before = this.row(id);
        const { title, ...rest } = change;
        ++this.#edits;
        if (title)
            this.#titles.set(id, title);
        this.#replace(id, (row) => ({ ...row, ...rest, ...(title && { title }) }));
        try {
            const changed = await this.#api.change(id, change);
            if (!this.#rows.some((row) => row.id === id))
                this.#rows = [...this.#rows, changed];
            this.#replace(id, ({ match }) => ({ ...changed, ...(match && { match }) }));
            this.#edited();
        } catch (error) {
            if (before)
                this.#replace(id, () => before);
            throw error;
        } finally {
            this.#titles.delete(id);
            this.#onChange();
        }
    }

    async remove(id) {
        this.#removed.add(id);
        this.#onChange();
        try {
            await this.#api.remove(id);
            this.#drop(id);
            this.#edited();
        } finally {
            this.#removed.delete(id);
            this.#onChange();
        }
    }

    async restore(id) {
        const row = await this.#api.restore(id);
        this.#put(row);
        return row;
    }

    async importFile(file) {
        const row = await this.#api.importFile(file);
        this.#put(row);
        return row;
    }

    #put(row) {
        this.#rows = [row, ...this.#rows.filter(({ id }) => id !== row.id)].sort(byPlace);
        this.#state = 'ready';
        if (this.#search)
            this.#find(this.#search.words); // it may be one of those that are looked for
        this.#onChange();
        this.#edited();
    }

    #edited() {
        ++this.#edits;
        this.#onEdit();
        this.refresh();
    }

    #drop(id) {
        const others = (rows) => rows.filter((row) => row.id !== id);
        this.#rows = others(this.#rows);
        if (this.#search)
            this.#search = { ...this.#search, rows: others(this.#search.rows) };
    }

    #replace(id, change) {
        const changed = (rows) => rows.map((row) => (row.id === id ? change(row) : row));
        this.#rows = changed(this.#rows).sort(byPlace);
        if (this.#search)
            this.#search = { ...this.#search, rows: changed(this.#search.rows) };
        this.#onChange();
    }

    // ---- what the server has ------------------------------------------------------------------------------------

    async #load() {
        this.#refreshing = true;
        this.#again = false;
        this.#refreshedAt = this.#world.now();
        const limit = Math.min(largestPage, Math.max(pageSize, this.#rows.length));
        const edits = this.#edits;
        try {
            const { conversations, next } = await this.#api.list({ limit });
            if (edits === this.#edits)
                this.#takeHead(conversations, next);
            else
                this.#again = true;
            this.#state = 'ready';
            this.#error = null;
        } catch (error) {
            this.#state = this.#rows.length > 0 ? 'ready' : 'failed';
            this.#error = error;
        }
        this.#refreshing = false;
        this.#watch();
        this.#onChange();
        if (this.#again)
            this.refresh();
    }

    // Rows beyond the largest page stay as they were read; the cursor is still the one after them.
    #takeHead(rows, next) {
        const last = rows.at(-1);
        const tail = next === null || this.#rows.length <= largestPage ? []
            : this.#rows.filter((row) => byPlace(row, last) > 0 && !rows.some(({ id }) => id === row.id));
        this.#rows = [...rows, ...tail];
        if (tail.length === 0)
            this.#next = next;
    }

    async #find(words) {
        this.#endSearch();
        const controller = this.#searching = new AbortController();
        const edits = this.#edits;
        try {
            const { conversations, next } = await this.#api.list({ limit: pageSize, words, signal: controller.signal });
            if (this.#searching !== controller)
                return;
            if (edits !== this.#edits)
                return this.#find(words);
            this.#search = { words, rows: conversations, next, error: null };
        } catch (error) {
            if (this.#searching !== controller)
                return;
            this.#search = { words, rows: [], next: null, error };
        }
        this.#searching = null;
        this.#onChange();
    }

    // What an older search answers is no longer wanted.
    #endSearch() {
        this.#world.clearTimeout(this.#typing);
        this.#typing = null;
        this.#searching?.abort();
        this.#searching = null;
    }

    // An answer of a conversation that is not open ends without a word, so it is looked at again.
    #watch() {
        const answered = this.#rows.filter(({ id, answering }) => answering && id !== this.#current).map(({ id }) => id).join();
        if (answered !== this.#watched) {
            this.#watched = answered;
            this.#look = firstLook;
        }
        this.#world.clearTimeout(this.#lookTimer);
        this.#lookTimer = null;
        if (answered === '')
            return;
        this.#lookTimer = this.#world.setTimeout(() => {
            this.#look = Math.min(longestLook, 1.5 * this.#look);
            this.refresh();
        }, this.#look);
    }
}

// The rows with those that only this page knows yet, each where its time puts it. One that belongs below what was read so
// far is there already, further down.
export function withOwn(rows, own, more) {
    const unknown = own.filter(({ id }) => !rows.some((row) => row.id === id))
        .filter((row) => !more || byPlace(row, rows.at(-1)) < 0);
    return unknown.length > 0 ? [...rows, ...unknown].sort(byPlace) : rows;
}

// Pinned first, then the newest: the server's order.
function byPlace(a, b) {
    return Number(b.pinned) - Number(a.pinned) || Date.parse(b.updated_at) - Date.parse(a.updated_at);
}

function union(rows, more) {
    const known = new Set(rows.map(({ id }) => id));
    return [...rows, ...more.filter(({ id }) => !known.has(id))];
}

function browserWorld() {
    return {
        setTimeout: (...args) => setTimeout(...args),
        clearTimeout: (timer) => clearTimeout(timer),
        now: () => Date.now(),
        isHidden: () => document.visibilityState === 'hidden',
    };
}
