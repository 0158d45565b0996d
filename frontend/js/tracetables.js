// The figures of a story in words: the tables below the picture, and the list of traces.

import { element } from './dom.js';
import { traceUrl } from './journeys.js';
import { lanes, percentWords, timeWords } from './tracestory.js';

const laneName = (id) => lanes.find((lane) => lane.id === id).name;

function table(caption, heads, rows, { hidden = false } = {}) {
    const cell = (content, i, tag) => element(tag, { ...(heads[i].number && { class: 'number' }), ...(tag === 'th' && { scope: 'row' }) },
        ...[content].flat());
    return element('div', { class: 'table', role: 'region', 'aria-label': caption, tabindex: '0' }, element('table', {},
        element('caption', { class: hidden ? 'visually-hidden' : null }, caption),
        element('thead', {}, element('tr', {}, ...heads.map(({ words, number }) => element('th', { scope: 'col', class: number ? 'number' : null }, words)))),
        element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((content, i) => cell(content, i, i === 0 ? 'th' : 'td')))))));
}

const swatch = (lane) => element('span', { class: 'swatch', 'data-lane': lane, 'aria-hidden': 'true' });

export function partsTable({ parts, browser }) {
    const whole = parts.reduce((sum, { from, to }) => sum + to - from, 0);
    const rows = parts.map(({ lane, words, from, to }) => [[swatch(lane), words], timeWords(to - from),
        percentWords((to - from) / whole, 1), timeWords(from), laneName(lane)]);
    rows.push([element('strong', {}, 'Together'), element('strong', {}, timeWords(whole)), '100\u00a0%', '', '']);
    return table(browser?.painted === undefined ? 'Until the first word left the server' : 'Until you read the first word',
        [{ words: 'What' }, { words: 'Took', number: true }, { words: 'Share', number: true }, { words: 'At', number: true }, { words: 'Where' }], rows);
}

const mostRows = 200;

export function framesTable({ frames, trace }) {
    const took = (from, to) => (from === undefined || to === undefined ? '–' : timeWords(to - from));
    const rows = frames.slice(0, mostRows).map((frame) => [`${frame.seq} ${frame.type}`, timeWords(frame.parsed ?? frame.appended),
        took(frame.parsed, frame.appended), took(frame.appended, frame.stored), took(frame.stored, frame.lastWritten),
        frame.characters.toLocaleString('en'), frame.bytes.toLocaleString('en'), String(frame.sockets)]);
    const more = frames.length - rows.length + trace.frames_left_out;
    const heads = ['Frame', 'At', 'Read', 'Stored', 'Written', 'Characters', 'Bytes', 'Sockets'].map((words, i) => ({ words, number: i > 0 }));
    return element('details', { class: 'frames' }, element('summary', {}, `Every frame of the turn (${(frames.length + trace.frames_left_out).toLocaleString('en')})`),
        element('p', { class: 'quiet' }, 'Read: from the model\u2019s event being understood to the session\u2019s log. Stored: from there into the store. Written: from there to the last WebSocket.'),
        table('Every frame of the turn', heads, rows, { hidden: true }),
        more > 0 ? element('p', { class: 'quiet' }, `${more.toLocaleString('en')} more are left out here.`) : null);
}

export function listTable(traces) {
    const time = (at) => new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
    return table('The newest turns', [{ words: 'Begun' }, { words: 'First word', number: true }, { words: 'Whole', number: true }, { words: 'Ended' }, { words: 'Agent, model' },
        { words: 'Conversation, turn' }],
    traces.map((trace) => [element('a', { href: traceUrl(trace) }, element('time', { datetime: trace.begun_at }, time(trace.begun_at))),
        trace.first_text_ms === undefined ? '–' : timeWords(trace.first_text_ms),
        trace.duration_ms === undefined ? '–' : timeWords(trace.duration_ms), trace.ending ?? 'runs', `${trace.agent}, ${trace.model}`,
        [element('span', { class: 'id', title: trace.session }, trace.session), ` ${trace.turn}`]]));
}
