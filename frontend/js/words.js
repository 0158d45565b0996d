// The page's words for times, states and errors. Plain, short, no blame.

import { Phase } from './connection.js';
import { Code } from './protocol.js';

export function timeWords(at, now = Date.now()) {
    const time = new Date(at);
    const minutes = Math.floor((now - time.getTime()) / 60_000);
    if (Number.isNaN(minutes))
        return '';
    if (minutes < 1)
        return 'just now';
    if (minutes < 60)
        return `${minutes} min ago`;
    const clock = time.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
    if (time.toDateString() === new Date(now).toDateString())
        return clock;
    return `${time.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, ${clock}`;
}

export function exactTime(at) {
    const time = new Date(at);
    return Number.isNaN(time.getTime()) ? '' : time.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'medium' });
}

export function secondsUntil(moment, now = Date.now()) {
    return Math.max(1, Math.ceil((moment - now) / 1000));
}

export function stateWords({ phase, retryAt }, now = Date.now()) {
    switch (phase) {
    case Phase.connecting:
        return 'Connecting';
    case Phase.connected:
        return 'Connected';
    case Phase.waiting:
        return `Reconnecting in ${secondsUntil(retryAt, now)} s`;
    case Phase.retrying:
        return 'Reconnecting';
    case Phase.offline:
        return 'Offline';
    default:
        return 'Closed';
    }
}

// A retry says its own delay at the moment when it was sent; the page counts down instead.
export function retryWords(retry, until, now = Date.now()) {
    const seconds = Math.ceil((until - now) / 1000);
    const reason = retry.error.replace(/\s*(?:Trying|Retrying) again in .*$/i, '').trim() || 'The model did not answer.';
    return seconds > 0 ? `${reason} Trying again in ${seconds}\u00a0s.` : `${reason} Trying again now.`;
}

export function forgottenWords(begunAnew) {
    const words = 'The server no longer has this conversation: it was deleted, or not kept over a restart.';
    return begunAnew ? words : `${words} What you write now begins it anew.`;
}

// What to do, where the sentence of the server only says what happened.
export function adviceFor(code) {
    switch (code) {
    case Code.queueFull:
        return 'Wait for an answer, then send it again.';
    case Code.tooLarge:
        return 'Shorten the message and send it again.';
    default:
        return '';
    }
}

export function tokenWords({ model, usage }) {
    const parts = [];
    if (model)
        parts.push(model);
    if (usage?.total_tokens !== undefined)
        parts.push(`${usage.total_tokens.toLocaleString()} tokens`);
    if (usage?.cost_usd !== undefined)
        parts.push(costWords(usage.cost_usd));
    return parts.join(', ');
}

function costWords(usd) {
    const least = 0.0001;
    const words = (amount) => `$${amount.toLocaleString(undefined, { minimumFractionDigits: 2, maximumFractionDigits: usd < 1 ? 4 : 2 })}`;
    return usd > 0 && usd < least ? `less than ${words(least)}` : words(usd);
}

export function durationWords(ms) {
    if (ms < 1000)
        return `${ms}\u00a0ms`;
    const seconds = Math.round(ms / 1000);
    if (seconds < 60)
        return `${ms < 9950 ? (Math.round(ms / 100) / 10).toLocaleString() : seconds}\u00a0s`;
    return `${Math.floor(seconds / 60).toLocaleString()}\u00a0min${seconds % 60 ? ` ${seconds % 60}\u00a0s` : ''}`;
}

export function thoughtWords(seconds) {
    return seconds === null ? 'Thoughts' : `Thought for ${Math.max(1, Math.round(seconds))} s`;
}

export function titleFrom(content) {
    const line = content.trim().split('\n')[0].replace(/\s+/g, ' ');
    return line.length > 60 ? `${line.slice(0, 59).trimEnd()}…` : line;
}

const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3\s]){1,24}$/u;

export function isEmojiOnly(content) {
    return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(content) && emoji.test(content.trim());
}
