// One message of the conversation in the page: the person's bubble, or an answer with what belongs to it.

import { element, iconButton, setText, textButton } from './dom.js';
import { FloorLine } from './floorline.js';
import { icon } from './icons.js';
import { MarkdownView } from './markdown.js';
import { BranchSwitch, MessageEditor } from './messageactions.js';
import { byteLength, FinishReason, MessageState } from './protocol.js';
import { SourceList } from './sourcesview.js';
import { hasOpenCall } from './toolcalls.js';
import { ToolCards } from './toolview.js';
import { adviceFor, exactTime, isEmojiOnly, retryWords, thoughtWords, timeWords, tokenWords } from './words.js';

export function timeElement(at) {
    const node = element('time', { datetime: at, title: exactTime(at) });
    setText(node, timeWords(at));
    return node;
}

// A sentence of what happened, what can be done, the code in small.
export function failureCard(error, buttons) {
    const advice = adviceFor(error.code);
    const what = advice && !error.error.includes(advice) ? `${error.error} ${advice}` : error.error;
    return element('div', { class: 'failure', role: 'group', 'aria-label': 'Error' },
        icon('circle-alert'),
        element('p', { class: 'what', dir: 'auto' }, what),
        element('div', { class: 'failure-row' }, ...buttons, element('code', {}, error.code)));
}

export class UserView {
    #bubble;
    #edit;
    #editor = null;
    #context = { connected: false, limit: 0 };

    constructor(message, actions) {
        this.actions = actions;
        this.branches = new BranchSwitch((id, words) => actions.select(message, id, words));
        this.#bubble = element('div', { class: 'bubble', dir: 'auto' }, message.content);
        this.#edit = iconButton('pencil', 'Edit message', () => this.#beginEdit(message));
        this.element = element('article', { class: `message user${isEmojiOnly(message.content) ? ' emoji-only' : ''}` },
            element('h2', { class: 'visually-hidden' }, 'You'), this.#bubble,
            element('div', { class: 'under' }, element('div', { class: 'actions' }, this.branches.element, this.#edit),
                timeElement(message.at)));
    }

    get isEdited() {
        return this.#editor !== null;
    }

    // A message that was taken does not change; what can be done with it does.
    update(message, context) {
        const { connected, limit } = this.#context;
        this.#context = context;
        this.branches.show(context.siblings, message.message_id, context.connected);
        this.#edit.disabled = !context.connected;
        if (connected !== context.connected || limit !== context.limit)
            this.#editor?.refresh();
        return true;
    }

    #beginEdit(message) {
        if (this.#editor)
            return;
        const end = () => {
            this.#editor.element.replaceWith(this.#bubble);
            this.#editor = null;
            this.#edit.hidden = false;
            this.#edit.focus();
        };
        this.#editor = new MessageEditor(message.content, {
            check: (text) => this.#context.connected && text.trim() !== '' && byteLength(text) <= this.#context.limit,
            onSave: (text) => {
                end();
                if (text !== message.content)
                    this.actions.edit(message, text);
            },
            onCancel: end,
        });
        this.#bubble.replaceWith(this.#editor.element);
        this.#edit.hidden = true;
        this.#editor.focus();
    }
}

// A message that the server has not taken up yet.
export class QueuedView {
    #shown = null;

    constructor(item, actions) {
        this.actions = actions;
        this.under = element('div', { class: 'under' });
        this.element = element('article', { class: 'message user queued' },
            element('h2', { class: 'visually-hidden' }, 'You, not answered yet'),
            element('div', { class: 'bubble', dir: 'auto' }, item.content), this.under);
    }

    update(item, { connected, busy }) {
        const words = item.sent ? (busy ? 'Waiting for the answer before' : 'Sending') : 'Waiting for the connection';
        const shown = item.error ? `error:${item.error.code}` : `${words}:${connected}`;
        if (shown === this.#shown)
            return true;
        this.#shown = shown;
        this.element.querySelector('.failure')?.remove();
        if (item.error) {
            this.under.replaceChildren();
            this.element.append(failureCard(item.error, [
                textButton('rotate-ccw', 'Retry', () => this.actions.resend(item)),
                textButton(null, 'Remove', () => this.actions.withdraw(item)),
            ]));
            return true;
        }
        this.under.replaceChildren(icon('clock'), element('span', {}, words));
        if (!item.sent)
            this.under.append(iconButton('x', 'Remove this message', () => this.actions.withdraw(item)));
        return true;
    }
}

export class AnswerView {
    #message = null;
    #body;
    #markdown;
    #thoughts = null;
    #thoughtSince = null; // while it thinks, and that was seen from the start
    #thoughtSeconds = null;
    #live;
    #floor = null;
    #tools = null;
    #sources = null;
    #tail; // what stands below the text: a retry, a tag, an error
    #tailKey = '';
    #retryUntil = 0;
    #retry = null;
    #copy;
    #again;
    #trace = null;
    #isLast = false;

    constructor(message, actions, { live }) {
        this.actions = actions;
        this.#live = live;
        this.#body = element('div', { class: 'prose' });
        this.#markdown = new MarkdownView(this.#body);
        this.#tail = element('div', { class: 'tail' });
        this.details = element('span', { class: 'details' });
        this.branches = new BranchSwitch((id, words) => actions.select(this.#message, id, words));
        this.#copy = iconButton('copy', 'Copy answer', (event) => actions.copyAnswer(this.#message, event.currentTarget));
        this.#again = iconButton('refresh-cw', 'Regenerate answer', () => actions.retry(this.#message));
        this.actionRow = element('div', { class: 'actions' }, this.#copy, this.#again, this.branches.element);
        this.meta = element('div', { class: 'meta' }, element('h2', {}, message.agent || 'Assistant'), timeElement(message.at));
        this.element = element('article', { class: 'message answer' }, this.meta, this.#body, this.#tail);
    }

    // False when a part of the text waits for a later frame.
    update(message, { retry, connected, siblings, isLast, waiting, busy, decided, mayDecide }) {
        const complete = [this.#showText(message), this.#showThoughts(message)].every(Boolean);
        this.#showExtras(message, { decided, mayDecide });
        this.#showMessage(message, retry, isLast);
        this.branches.show(siblings, message.message_id, connected);
        this.#again.disabled = !connected || waiting;
        for (const button of this.#tail.querySelectorAll('button')) // an answer that goes on does not wait for another
            button.disabled = !connected || waiting || (busy && button.dataset.name === 'continue');
        return complete;
    }

    #showMessage(message, retry, isLast) {
        if (message === this.#message && retry === this.#retry && isLast === this.#isLast)
            return;
        this.#message = message;
        this.#isLast = isLast;
        this.#showTail(message, retry);
        this.element.dataset.state = message.state;
        const running = message.state === MessageState.running;
        this.element.setAttribute('aria-busy', String(running));
        this.#copy.hidden = running || message.content === '';
        this.#again.hidden = running || message.state === MessageState.failed; // there it is called Retry
        if (!running && !this.actionRow.isConnected)
            this.element.append(this.actionRow);
        this.showTrace();
        const details = running ? '' : tokenWords(message);
        setText(this.details, details);
        if (details && !this.details.isConnected)
            this.meta.append(this.details);
    }

    // A way to see where the time went, where the server knows.
    showTrace() {
        const url = this.#message && this.#message.state !== MessageState.running ? this.actions.traceOf?.(this.#message) : null;
        if (url && !this.#trace) {
            this.#trace = element('a', { class: 'icon-button small', target: '_blank', rel: 'noopener', 'aria-label': 'Where did the time go?',
                title: 'Where did the time go?' }, icon('timer'));
            this.#again.after(this.#trace);
        }
        if (this.#trace) {
            this.#trace.hidden = !url;
            this.#trace.href = url ?? '';
        }
    }

    // Once a second while something counts down.
    tick() {
        if (this.#retry)
            setText(this.#tail.querySelector('.waiting .words'), retryWords(this.#retry, this.#retryUntil));
    }

    #showText(message) {
        this.#body.hidden = message.content === '';
        return this.#markdown.update(message.content, message.state !== MessageState.running);
    }

    #showThoughts(message) {
        if (!message.thoughts)
            return true;
        if (!this.#thoughts) {
            this.#thoughtSince = this.#live ? performance.now() : null;
            const prose = element('div', { class: 'prose' });
            const words = element('span', {}, 'Thinking');
            const pulse = element('span', { class: 'pulse', 'aria-hidden': 'true' });
            const details = element('details', { class: 'thoughts' },
                element('summary', {}, icon('chevron-right'), words, pulse),
                element('div', { class: 'thoughts-text' }, prose));
            this.#thoughts = { markdown: new MarkdownView(prose), words, pulse };
            (this.#tools?.element ?? this.#body).before(details);
        }
        const thinking = message.state === MessageState.running && message.content === '' && !hasOpenCall(message);
        this.#timeThoughts(thinking);
        this.#thoughts.pulse.hidden = !thinking;
        setText(this.#thoughts.words, thinking ? 'Thinking' : thoughtWords(this.#thoughtSeconds));
        return this.#thoughts.markdown.update(message.thoughts, !thinking);
    }

    // Most answers have none of these.
    #showExtras(message, context) {
        if (message.agents && !this.#floor) {
            this.#floor = new FloorLine();
            this.meta.after(this.#floor.element);
        }
        if (message.tools && !this.#tools) {
            this.#tools = new ToolCards(this.actions.decide);
            this.#body.before(this.#tools.element);
        }
        if (message.sources && !this.#sources) {
            this.#sources = new SourceList();
            this.#tail.before(this.#sources.element);
        }
        this.#floor?.show(message);
        this.#tools?.show(message, context);
        this.#sources?.show(message.sources);
    }

    // What a tool takes, or who is asked about it, is no thinking.
    #timeThoughts(thinking) {
        const now = performance.now();
        if (!thinking && this.#thoughtSince !== null)
            this.#thoughtSeconds = (this.#thoughtSeconds ?? 0) + (now - this.#thoughtSince) / 1000;
        if (!thinking)
            this.#thoughtSince = null;
        else if (this.#live)
            this.#thoughtSince ??= now;
    }

    #showTail(message, retry) {
        if (retry && retry !== this.#retry)
            this.#retryUntil = Date.now() + retry.retry_after_ms;
        this.#retry = retry;
        const key = JSON.stringify([message.state, message.content === '', !message.thoughts, hasOpenCall(message), message.finish_reason,
            message.error, retry?.attempt, this.#isLast]);
        if (key === this.#tailKey)
            return;
        this.#tailKey = key;
        this.#tail.replaceChildren(...this.#tailNodes(message, retry));
    }

    #tailNodes(message, retry) {
        if (message.state === MessageState.running) {
            if (retry) {
                return [element('p', { class: 'note waiting' }, element('span', { class: 'tag' },
                    icon('clock'), element('span', { class: 'words' }, retryWords(retry, this.#retryUntil))))];
            }
            return message.content === '' && !message.thoughts && !hasOpenCall(message) ? [pendingLine(message.agent)] : [];
        }
        if (message.state === MessageState.failed) {
            const error = message.error ?? { code: 'internal', error: 'The answer failed.' };
            return [failureCard(error, [textButton('rotate-ccw', 'Retry', () => this.actions.retry(message))])];
        }
        return this.#endNodes(message);
    }

    #endNodes(message) {
        // What something follows cannot go on.
        const carryOn = () => {
            const button = textButton('play', 'Continue', () => this.actions.carryOn(message));
            button.dataset.name = 'continue';
            return this.#isLast ? button : null;
        };
        if (message.finish_reason === FinishReason.blocked) {
            const text = 'The model’s safety filter ended this answer. Put the question another way.';
            return [failureCard({ code: 'blocked', error: text }, [])];
        }
        if (message.finish_reason === FinishReason.length)
            return [note('triangle-alert', 'The answer reached its length limit.', carryOn())];
        if (message.state === MessageState.interrupted)
            return [note('triangle-alert', 'The answer was interrupted.', carryOn())];
        if (message.state === MessageState.stopped)
            return [note('square', 'Stopped.', carryOn())];
        return message.content === '' ? [note('info', 'The model gave no answer.')] : [];
    }
}

function pendingLine(agent) {
    return element('p', { class: 'pending' }, element('span', { class: 'pulse', 'aria-hidden': 'true' }),
        element('span', {}, `${agent || 'The model'} is thinking`));
}

function note(iconName, text, ...buttons) {
    return element('div', { class: 'note' }, element('span', { class: 'tag' }, icon(iconName), element('span', {}, text)),
        ...buttons.filter(Boolean));
}
