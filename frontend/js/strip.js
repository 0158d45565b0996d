// The line above the composer: what stands between the person and an answer, and what can be done about it.

import { element, iconButton, setText, textButton } from './dom.js';
import { icon } from './icons.js';
import { Phase } from './connection.js';
import { forgottenWords, secondsUntil } from './words.js';

const shownFor = 8000; // ms, a toast; longer while somebody is at it
const longPause = 4; // attempts: from then on a pause is worth a line and a button
const quietUntil = 2; // times unanswered: a first loss is mostly mended before anyone has read a line about it

export class Strip {
    #root;
    #key = null;
    #text = element('p');

    constructor(root, actions) {
        this.#root = root;
        this.actions = actions;
    }

    show(connection, state) {
        const strip = this.#of(connection, state);
        this.#root.hidden = !strip;
        if (!strip) {
            this.#key = null;
            return;
        }
        setText(this.#text, strip.text);
        if (strip.key === this.#key)
            return;
        this.#key = strip.key;
        this.#root.replaceChildren(icon(strip.icon), this.#text, ...(strip.buttons ?? []));
    }

    #of(connection, state) {
        const { phase, attempts, unanswered, retryAt } = connection;
        if (phase === Phase.offline) {
            return { key: 'offline', icon: 'wifi-off',
                text: 'You are offline. What you send is kept and goes out when you are back.' };
        }
        if (phase === Phase.waiting && (unanswered >= quietUntil || attempts >= longPause)) {
            const what = unanswered >= quietUntil ? 'The server does not answer.' : 'The connection was lost.';
            return { key: 'waiting', icon: 'wifi-off',
                text: `${what} Trying again in ${secondsUntil(retryAt)} s.`,
                buttons: [textButton(null, 'Try now', this.actions.retryNow)] };
        }
        if (phase === Phase.retrying && unanswered >= quietUntil)
            return { key: 'retrying', icon: 'wifi-off', text: 'The server does not answer. Trying again now.' };
        if (state.notice) {
            return { key: `notice:${state.notice.code}:${state.notice.error}`, icon: 'circle-alert',
                text: state.notice.error, buttons: [iconButton('x', 'Hide this notice', this.actions.dismiss)] };
        }
        if (state.forgotten) {
            return { key: 'forgotten', icon: 'info', text: forgottenWords(state.messages.length > 0),
                buttons: [iconButton('x', 'Hide this notice', this.actions.dismiss)] };
        }
        return null;
    }
}

// With a button when there is something to be done about it: {label, keys?, action, time?}. `keys` is what pressToast() is
// called for, as ARIA writes it.
export function showToast(toast, text, { label, keys, action, time = shownFor } = {}) {
    clearTimeout(toast.hideTimer);
    const hide = () => { toast.hidden = true; };
    const hideUnlessUsed = () => {
        if (toast.matches(':focus-within, :hover'))
            toast.hideTimer = setTimeout(hideUnlessUsed, time);
        else
            hide();
    };
    const button = label && textButton(null, label, () => {
        hide();
        action();
    });
    if (keys) {
        button.setAttribute('aria-keyshortcuts', keys);
        button.title = keys;
    }
    toast.replaceChildren(element('span', { dir: 'auto' }, text), ...(button ? [button] : []));
    toast.hidden = false;
    toast.hideTimer = setTimeout(hideUnlessUsed, time);
}

// True when there was a button with those keys.
export function pressToast(toast, keys) {
    const button = toast.hidden ? null : toast.querySelector(`[aria-keyshortcuts="${keys}"]`);
    button?.click();
    return Boolean(button);
}

export function showState(node, connection, words) {
    node.dataset.phase = connection.phase;
    setText(node.querySelector('.word'), words);
}

