// The page of a trace: /trace/SESSION/TURN shows one, /trace lists the newest.

import { sampleClock } from './clocks.js';
import { element, setText } from './dom.js';
import { placeIcons } from './icons.js';
import { journeyOf } from './journeys.js';
import { renew } from './renew.js';
import { setUpTheme } from './theme.js';
import { drawPicture } from './tracepicture.js';
import { tellStory, timeWords } from './tracestory.js';
import { framesTable, listTable, partsTable } from './tracetables.js';

const lookAgainAfter = 1000; // ms, while the answer runs
const restShare = 10; // a long answer takes long to draw: the page rests so many times that
const content = document.getElementById('content');
let shown = null; // of the trace on the page: {story, parts}; parts are those of picturesOf()

class NoAnswer extends Error {}

async function get(path) {
    const response = await fetch(path, { cache: 'no-store' }).catch(() => { throw new NoAnswer('The server does not answer.'); });
    const body = await response.json().catch(() => null);
    if (response.ok && body !== null)
        return body;
    throw new Error(body?.detail ?? `The server answered ${response.status}.`);
}

const clockSamples = () => sampleClock(async () => (await get('/api/traces/clock')).now_us / 1000);
const ownSkew = () => Date.now() - (performance.timeOrigin + performance.now());

function show(...nodes) {
    content.replaceChildren(...nodes);
    document.documentElement.dataset.ready = 'true';
}

function named() {
    try {
        return location.pathname.split('/').slice(2).map(decodeURIComponent);
    } catch {
        throw new Error('This address names no turn.');
    }
}

async function begin() {
    try {
        const [session, turn] = named();
        if (session && turn)
            await showTrace(`/api/traces/${encodeURIComponent(session)}/${encodeURIComponent(turn)}`);
        else
            await showList();
    } catch (error) {
        if (shown === null)
            show(problem(error.message), allLink());
        else
            sayOnTop(`${error.message} What stands below was seen before.`);
        if (shown !== null && error instanceof NoAnswer)
            setTimeout(begin, lookAgainAfter);
    }
}

const problem = (words) => element('p', { class: 'problem', role: 'alert' }, words);

// Until the trace is renewed.
function sayOnTop(words) {
    const there = content.querySelector('.problem');
    if (there)
        setText(there, words);
    else
        content.prepend(problem(words));
}

const allLink = () => element('p', {}, element('a', { href: '/trace' }, 'The newest turns'));

async function showList() {
    const { traces, limit } = await get('/api/traces');
    show(traces.length === 0
        ? element('p', {}, `Nothing was asked yet. The newest ${limit} turns are remembered: `, element('a', { href: '/' }, 'say hello'), '.')
        : listTable(traces));
}

// ---- one trace --------------------------------------------------------------------------------------------------

async function showTrace(path) {
    const trace = await get(path);
    const began = performance.now();
    const journey = journeyOf(trace);
    const story = tellStory(trace, { journey, samples: journey ? await clockSamples() : [], skew: ownSkew() });
    document.title = `${trace.turn}: where did the time go? – Runnel`;
    const parts = picturesOf(story);
    const nodes = [head(trace), element('ul', { class: 'sentences' }, ...story.sentences.map((words) => element('li', {}, words))),
        legend(), ...parts.map(figureOf), clockNote(story), partsTable(story), framesTable(story), links(path)];
    if (shown === null) {
        show(...nodes);
        new ResizeObserver(draw).observe(content);
    } else {
        renew(content, nodes);
    }
    shown = { story, parts };
    draw();
    if (trace.ending === undefined)
        setTimeout(begin, Math.max(lookAgainAfter, restShare * (performance.now() - began)));
}

function head({ session, turn, agent, model, begun_at: at }) {
    const fact = (name, value) => element('div', {}, element('dt', {}, name), element('dd', {}, value));
    return element('dl', { class: 'facts' }, fact('Turn', turn), fact('Begun', new Date(at).toLocaleString()), fact('Agent', agent),
        fact('Model', model), fact('Conversation', element('a', { href: `/?c=${session}` }, session)));
}

// The whole answer takes seconds and a way through the server well under a millisecond: each gets a scale of its own.
function picturesOf({ server, browser, end }) {
    const waited = server.begun - server.taken > 5;
    const up = browser?.painted ?? browser?.chunk ?? server.firstWritten;
    return [
        { title: 'The whole answer', from: Math.min(0, server.begun), to: end, margin: 0 },
        { title: waited ? 'The way down, once its turn has come' : 'The way down', from: waited ? server.begun : 0, to: server.sent ?? server.asked, margin: waited ? 0.04 : 0 },
        { title: 'The way up of the first word', from: server.firstParsed, to: up, margin: 0.04 },
    ].filter(({ from, to }) => to > from);
}

function figureOf({ title, from, to }) {
    const words = from > 0 ? `${timeWords(to - from)}, from ${timeWords(from)} on` : timeWords(to - from);
    return element('figure', {}, element('figcaption', {}, element('h2', {}, title), element('span', { class: 'quiet' }, words)),
        element('div', { class: 'holder', 'data-own': true }));
}

// The pictures, where the story or the width is another than when they were drawn.
function draw() {
    const { story, parts, width: drawn } = shown;
    const holders = [...content.querySelectorAll('.holder')];
    const width = holders[0]?.clientWidth ?? 0;
    if (width === drawn || width === 0)
        return;
    shown.width = width;
    parts.forEach(({ title, from, to, margin: share }, i) => {
        const em = parseFloat(getComputedStyle(holders[i]).fontSize);
        const margin = share * (to - from);
        const { svg, fit } = drawPicture(story, { from: from - margin, to: to + margin, zero: from, width, em, label: `${title}. The tables below have its figures.` });
        holders[i].replaceChildren(svg);
        fit();
    });
}

function legend() {
    const entry = (kind, words) => element('span', {}, element('span', { class: `swatch ${kind}`, 'aria-hidden': 'true' }), words);
    return element('p', { class: 'legend' }, entry('work', 'works'), entry('wait', 'waits for others'), entry('tick', 'an event of the model'));
}

function clockNote({ trace, clock, browser, server, sockets }) {
    const words = [];
    if (browser) {
        words.push(`The clocks of this browser and the server were compared to within ±${timeWords(clock.uncertainty)}: what the network took is known no better than that.`);
        words.push('nginx puts no stamp on a frame of a WebSocket, so it has no lane of its own: it is in what lies between the browser\u2019s time and the server\u2019s, and so is what passes until a busy page gets to read a frame.');
    } else if (trace.ending === undefined) {
        words.push('What a browser saw of the answer is known to it when the answer has ended. Until then the picture begins where the server got the message.');
    } else {
        words.push('This browser did not send the message, or no longer knows when: it keeps that of its newest 20. So the picture begins where the server got it.');
    }
    if (server.connected !== undefined)
        words.push(`Its connection had been let in by FrontServer ${timeWords(server.received - server.connected)} before.`);
    if (trace.model === 'demo')
        words.push('The demo model is an emulator in the server\u2019s own process: what is Gemini\u2019s here is made up, and no network lies before it.');
    if (sockets > 1)
        words.push(`${sockets} connections followed the conversation.`);
    return element('p', { class: 'quiet' }, words.join(' '));
}

function links(path) {
    const link = (url, words, attributes = {}) => element('li', {}, element('a', { href: url, ...attributes }, words));
    return element('ul', { class: 'links' }, link(path, 'The trace as JSON'), link(`${path}?format=chrome`, 'A file for Perfetto', { download: true }),
        link('/trace', 'The newest turns'));
}

placeIcons(document);
setUpTheme(document.getElementById('theme'), { onChange: (words) => { document.getElementById('said').textContent = words; } });
begin();
