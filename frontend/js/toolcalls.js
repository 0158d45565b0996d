// What of an answer's tool calls, agents and sources is shown, in words. No DOM.

import { cut, inLines, inOneLine } from './bounded.js';
import { safeUrl } from './links.js';
import { FloorState, MessageState, ToolState } from './protocol.js';
import { durationWords } from './words.js';

const longestName = 120; // characters, as all of these
const longestLine = 200;
const longestShown = 100_000;
const mostAgents = 8;

// Whether it has not come to an end. A state of tomorrow is none.
export function isOpenCall({ state }) {
    return state !== ToolState.done && state !== ToolState.failed && state !== ToolState.unfinished;
}

export function hasOpenCall({ tools = [] }) {
    return tools.some(isOpenCall);
}

// A call of a message: {kind, words, time}. `kind` says how it is to look.
export function callState({ state, ms }, isRunning) {
    const time = ms === undefined ? '' : durationWords(ms);
    switch (state) {
    case ToolState.done:
        return { kind: 'done', words: 'Done', time };
    case ToolState.failed:
        return { kind: 'failed', words: 'Failed', time };
    default:
        if (!isRunning || state === ToolState.unfinished)
            return { kind: 'unfinished', words: 'Not finished', time: '' };
        if (state === ToolState.waiting)
            return { kind: 'waiting', words: 'Waiting', time: '' };
        return { kind: 'running', words: state === ToolState.running ? 'Running' : cut(state, 40), time: '' };
    }
}

export function toolName({ tool }) {
    return cut(tool, longestName) || 'tool';
}

export function argumentLine(call) {
    return inOneLine(call.arguments, longestLine);
}

export function askWords({ agent }) {
    return `${agentName(agent)} wants to use this tool.`;
}

// For a screen reader, when one waits that did not before: all that wait, since calls come one by one and what is said last
// takes the place of what was to be said. '' when there is no new one.
export function askedAloud(before, { tools = [], agent, state }) {
    if (tools === before?.tools || state !== MessageState.running)
        return '';
    const waits = (use) => use.state === ToolState.waiting;
    const waited = new Set((before?.tools ?? []).filter(waits).map(({ call }) => call));
    const waiting = tools.filter(waits);
    if (waiting.every(({ call }) => waited.has(call)))
        return '';
    const names = [...waiting.slice(0, 3).map(toolName), ...(waiting.length > 3 ? ['…'] : [])].join(', ');
    const what = waiting.length === 1 ? 'the tool' : `${waiting.length} tools:`;
    return `${agentName(waiting[0].agent || agent)} wants to use ${what} ${names}. Allow?`;
}

// What a card opens to: [{name, text, note, direction}].
export function callParts({ arguments: given, state, content, error }) {
    const hasNone = Object.keys(given).length === 0;
    const parts = [{ ...(hasNone ? { name: 'Input', text: '', note: 'No arguments.' } : part('Input', inLines(given, longestShown))),
        direction: 'ltr' }];
    if (content !== undefined)
        parts.push(part('Output', cut(content, longestShown)));
    if (error !== undefined)
        parts.push(part('Error', cut(error, longestShown)));
    if (state === ToolState.done && content === undefined)
        parts.push({ name: 'Output', text: '', note: 'Nothing came back.', direction: 'auto' });
    return parts;
}

export function failureLine({ error = '' }) {
    return cut(error, longestLine);
}

// How far the calls have come: two of the same are nothing new to a reader.
export function progressOf({ tools = [] } = {}) {
    return tools.map(({ state }) => state).join();
}

// Who has or had the floor, in the order in which they came: {names: [{name, speaks}], more}; null for one alone.
export function floorOf({ agents = [], state }) {
    if (agents.length < 2)
        return null;
    const running = state === MessageState.running;
    return {
        names: agents.slice(0, mostAgents).map(({ agent, state: floor }) => (
            { name: cut(agent, longestName), speaks: running && floor === FloorState.started })),
        more: Math.max(0, agents.length - mostAgents),
    };
}

// One source: {title, host, url}; `url` is empty when it may not be followed, `host` when the title says as much.
export function sourceOf({ title, url }) {
    const safe = /^https?:/i.test(url.trim()) ? safeUrl(url) : '';
    const host = safe && hostOf(safe);
    const name = cut(title.trim(), longestLine);
    if (!host)
        return { title: name || cut(url.trim(), longestLine) || 'No title', host: '', url: '' };
    return { title: name || host, host: name && name !== host ? cut(host, longestName) : '', url: safe };
}

function hostOf(url) {
    try {
        return new URL(url).host;
    } catch {
        return '';
    }
}

function agentName(agent) {
    return cut(agent ?? '', longestName) || 'The model';
}

function part(name, text) {
    const note = text.length >= longestShown ? `Only the first ${longestShown.toLocaleString()} characters are shown.` : '';
    return { name, text, note, direction: 'auto' };
}
