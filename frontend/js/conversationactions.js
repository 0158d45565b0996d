// What can be done with a conversation as a whole. Each is shown at once; what the server refuses is taken back and said.

import { showToast } from './strip.js';

const mostFiles = 20; // at once: a folder dropped by mistake is not worth a thousand requests
const undoFor = 10_000; // ms; the server keeps what was deleted three times as long

export class ConversationActions {
    #list;
    #kept;
    #page;

    // `list`: ConversationList; `kept`: Kept; `page`: {toast, notice, say(words), openId(), open(id), begin()}, where
    // begin() leaves the open conversation for a new one and returns its id.
    constructor(list, kept, page) {
        this.#list = list;
        this.#kept = kept;
        this.#page = page;
    }

    async rename(id, title) {
        await this.#try('The title was not changed.', () => this.#list.change(id, { title }));
    }

    async pin(row) {
        const pinned = !row.pinned;
        if (await this.#try(pinned ? 'It was not pinned.' : 'It is still pinned.', () => this.#list.change(row.id, { pinned })))
            this.#page.say(pinned ? 'Pinned.' : 'No longer pinned.');
    }

    // The open one is left first, as the server empties it under whoever has it open.
    async remove(id) {
        const kept = this.#kept.takeAll(id);
        const wasOpen = id === this.#page.openId();
        const instead = wasOpen ? this.#page.begin() : null;
        const giveBack = (reopen) => {
            this.#kept.keepAll(id, kept);
            if (reopen)
                this.#page.open(id);
        };
        await this.#delete(id, { words: 'Deleted.', giveBack: () => giveBack(wasOpen),
            refused: () => giveBack(wasOpen && this.#page.openId() === instead) });
    }

    // The open one goes, but what is being written belongs to the person: it stays in the composer.
    async clear(id) {
        const draft = this.#kept.draft(id);
        const { outbox } = this.#kept.takeAll(id);
        const next = this.#page.begin(draft);
        const giveBack = () => {
            this.#kept.keepAll(id, { draft: this.#kept.draft(next), outbox });
            this.#kept.keepDraft(next, '');
            this.#page.open(id);
        };
        await this.#delete(id, { words: 'The chat was cleared.', giveBack,
            refused: () => (this.#page.openId() === next ? giveBack() : this.#kept.keepAll(id, { draft: '', outbox })) });
    }

    async importFiles(files) {
        this.#page.notice(null);
        const refused = [];
        let opened = null;
        const taken = files.slice(0, mostFiles);
        for (const file of taken) {
            try {
                opened = await this.#list.importFile(file);
            } catch (error) {
                refused.push(`“${file.name}” was not imported: ${error.message}`);
            }
        }
        if (opened) {
            this.#page.open(opened.id);
            this.#page.say(taken.length === 1 ? 'Imported.' : `${taken.length - refused.length} imported.`);
        }
        if (taken.length < files.length)
            refused.push(`${files.length - mostFiles} files were left out: ${mostFiles} can be imported at once.`);
        if (refused.length > 0) {
            this.#page.notice(refused);
            this.#page.say(refused.join(' '));
        }
    }

    async #delete(id, { words, giveBack, refused }) {
        try {
            await this.#list.remove(id);
        } catch (error) {
            if (error.status === 404) { // another window was quicker, or it never got there
                this.#tell(words);
                return;
            }
            refused();
            this.#tell(`It was not deleted. ${error.message}`);
            return;
        }
        const undo = () => this.#try('It was not brought back.', async () => {
            await this.#list.restore(id);
            giveBack();
            this.#page.say('Brought back.');
        }, { 404: 'It is too late to bring it back.' });
        showToast(this.#page.toast, words, { label: 'Undo', keys: 'Control+Z', action: undo, time: undoFor });
        this.#page.say(`${words} Control+Z brings it back.`);
    }

    // `known`: what a status means here, where the server's words would say less.
    async #try(failure, action, known = {}) {
        try {
            await action();
            return true;
        } catch (error) {
            this.#tell(known[error.status] ?? `${failure} ${error.message}`);
            return false;
        }
    }

    #tell(words) {
        showToast(this.#page.toast, words);
        this.#page.say(words);
    }
}
