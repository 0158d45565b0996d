// What a trace tells: the lanes of the picture, where the time went, sentences. Pure: the server's trace and what the
// browser saw of the same turn go in, milliseconds since the first thing that happened come out.

import { byTurn, bySample, offsetFrom } from './clocks.js';

export const lanes = [
    { id: 'browser', name: 'Browser', detail: 'The page, in this browser.' },
    { id: 'network', name: 'Network, nginx', detail: 'What lies between the browser\u2019s times and the server\u2019s.' },
    { id: 'connection', name: 'ChatConnection', detail: 'One client\u2019s socket, let in by FrontServer: decodes frames, writes frames.' },
    { id: 'session', name: 'Session', detail: 'One conversation: its queue, its log, what it puts into the store.' },
    { id: 'agent', name: 'AgentManager', detail: 'streamChat, and the Turn that follows the answer.' },
    { id: 'gemini', name: 'Gemini', detail: 'The model, with the way there and back.' },
];

export function timeWords(ms) {
    const size = Math.abs(ms);
    const round = (value, digits) => value.toLocaleString('en', { maximumFractionDigits: digits });
    if (size < 0.0005)
        return '0';
    if (size < 0.9995)
        return `${round(ms * 1000, 0)}\u00a0µs`;
    if (size < 9.995)
        return `${round(ms, 2)}\u00a0ms`;
    if (size < 99.95)
        return `${round(ms, 1)}\u00a0ms`;
    if (size < 999.5)
        return `${round(ms, 0)}\u00a0ms`;
    return size < 99_950 ? `${round(ms / 1000, 2)}\u00a0s` : `${round(ms / 1000, 0)}\u00a0s`;
}

export function percentWords(share, digits = 0) {
    const least = 10 ** -digits / 100;
    const figure = (value) => (100 * value).toLocaleString('en', { maximumFractionDigits: digits });
    return `${share > 0 && share < least / 2 ? `under ${figure(least)}` : figure(share)}\u00a0%`;
}


const plural = (count, word) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

// `samples`: of the server's clock, see clocks.js; `skew`: of the page that took them, as a journey has it.
export function tellStory(trace, { journey = null, samples = [], skew = 0 } = {}) {
    const server = serverTimes(trace);
    const clock = journey && clockOf(trace, server, journey, samples, skew);
    const browser = clock ? browserTimes(trace, journey, clock.offset) : null;
    const start = browser?.sent ?? server.received ?? server.begun;
    const since = (time) => (time === undefined ? undefined : time - start);
    const moved = (times) => times && Object.fromEntries(Object.entries(times).map(([key, time]) => [key, since(time)]));
    const told = { trace, clock, server: moved(server), browser: moved(browser), frames: trace.frames.map((frame) => frameTimes(frame, since)),
        attempts: attemptsOf(trace, since), sockets: Math.max(0, ...trace.frames.map(({ sockets }) => sockets)) };
    told.end = Math.max(...[told.server.ended, told.browser?.end, told.browser?.painted, ...told.frames.flatMap(({ stored, written }) => [stored, written])]
        .filter((time) => time !== undefined), told.server.last);
    const parts = partsOf(told);
    return { ...told, spans: spansOf(told), parts, firstRead: told.browser?.painted ?? told.browser?.chunk ?? told.server.firstWritten,
        sentences: sentencesOf(told, parts) };
}

// ---- the server's times -----------------------------------------------------------------------------------------

const ms = (ns) => (ns === undefined ? undefined : ns / 1e6);

function serverTimes(trace) {
    const first = (station) => ms(trace.steps.find((step) => step.station === station)?.at_ns);
    const text = trace.frames.find(({ type }) => type === 'chunk');
    return {
        connected: first('connected'), received: first('received'), decoded: first('decoded'), taken: first('taken'),
        begun: 0, agent: first('agent'), asked: first('asked'), sent: first('sent'), answered: first('answered'),
        firstBytes: first('first_bytes'), ended: first('ended'), firstParsed: ms(text?.parsed_ns),
        firstWritten: ms(text?.written_ns), last: ms(Math.max(...trace.steps.map(({ at_ns }) => at_ns))),
    };
}

function frameTimes(frame, since) {
    const { seq, type, characters, bytes, sockets, event_bytes: eventBytes } = frame;
    const time = (name) => since(ms(frame[name]));
    return { seq, type, characters, bytes, sockets, eventBytes, parsed: time('parsed_ns'), appended: time('appended_ns'),
        stored: time('stored_ns'), written: time('written_ns'), lastWritten: time('last_written_ns') };
}

// What was asked of Gemini, each time: {asked, sent, bytes, answered, status, firstBytes, retrying, ended}.
function attemptsOf(trace, since) {
    const attempts = [];
    for (const { station, at_ns, bytes, number } of trace.steps) {
        const at = since(ms(at_ns));
        if (station === 'asked')
            attempts.push({ asked: at, bytes });
        else if (attempts.length > 0 && ['sent', 'answered', 'first_bytes', 'retrying', 'ended'].includes(station))
            Object.assign(attempts.at(-1), { [station === 'first_bytes' ? 'firstBytes' : station]: at, ...(station === 'answered' && { status: number }) });
    }
    return attempts;
}

// ---- the browser's times, by the server's clock -----------------------------------------------------------------

function clockOf(trace, server, journey, samples, skew) {
    const epoch = trace.begun_us / 1000;
    const written = (type) => ms(trace.frames.find((frame) => frame.type === type)?.written_ns);
    const ends = [['user', journey.user], ['turn', journey.turnAt], ['chunk', journey.chunk], ['complete', journey.end], ['error', journey.end]];
    const down = ends.map(([type, arrived]) => [written(type), arrived]).filter(([left, arrived]) => left !== undefined && arrived !== undefined)
        .map(([left, arrived]) => [epoch + left, arrived]);
    if (server.received === undefined || down.length === 0)
        return null;
    // A page's clock goes on where the system's was set meanwhile: two pages may differ. Less is the roughness of Date.
    const between = Math.abs(journey.skew - skew) > 2 ? journey.skew - skew : 0;
    const bySamples = samples.map((sample) => bySample(sample)).map(({ least, most }) => ({ least: least + between, most: most + between }));
    return offsetFrom([byTurn({ up: [[journey.sent, epoch + server.received]], down }), ...bySamples]);
}

function browserTimes(trace, journey, offset) {
    const epoch = trace.begun_us / 1000;
    const { sent, user, turnAt, chunk, painted, end } = journey;
    return Object.fromEntries(Object.entries({ sent, user, turnAt, chunk, painted, end })
        .filter(([, time]) => time !== undefined).map(([name, time]) => [name, time + offset - epoch]));
}

// ---- the picture ------------------------------------------------------------------------------------------------

// Bars: {lane, from, to, kind, words}; kind is `work` or `wait`. Ticks have no width: {lane, at, kind: 'tick', words}.
function spansOf({ server, browser, frames, attempts, end }) {
    const spans = [];
    const bar = (lane, kind, from, to, words) => {
        if (from !== undefined && to !== undefined && to >= from)
            spans.push({ lane, kind, from, to, words });
    };
    const tick = (lane, at, words) => {
        if (at !== undefined)
            spans.push({ lane, kind: 'tick', from: at, to: at, words });
    };
    if (browser) {
        bar('browser', 'wait', browser.sent, browser.chunk ?? browser.end, 'waits for the first word');
        bar('browser', 'work', browser.chunk, browser.painted, 'lays out and paints the first word');
        bar('browser', 'wait', browser.painted, browser.end, 'shows what comes');
        bar('network', 'work', browser.sent, server.received, 'the message goes up');
        bar('network', 'work', server.firstWritten, browser.chunk, 'the first word comes down');
        bar('network', 'work', frames.findLast(({ type }) => type === 'complete' || type === 'error')?.written, browser.end, 'the end comes down');
    }
    bar('connection', 'work', server.received, server.taken, 'decodes the frame');
    bar('session', 'wait', server.taken, server.begun, 'waits behind the answer before');
    bar('session', 'work', server.begun, server.agent, 'puts the question into its log');
    bar('agent', 'work', server.agent, server.asked, 'makes the request');
    bar('agent', 'wait', server.asked, server.ended ?? end, 'the Turn follows the reply');
    for (const frame of frames) {
        const name = `${frame.type} ${frame.seq}`;
        if (frame.type !== 'user' && frame.type !== 'turn')
            tick('gemini', frame.parsed, `event of ${name}`);
        bar('session', 'work', frame.appended, frame.stored, `${name}: into the log and the store`);
        bar('connection', 'work', frame.stored, frame.lastWritten, `${name}: written to ${plural(frame.sockets, 'socket')}`);
    }
    attempts.forEach((attempt, i) => {
        const over = attempt.retrying ?? attempt.ended ?? attempts[i + 1]?.asked;
        const silence = over === undefined ? 'no answer yet' : 'no answer';
        bar('gemini', 'work', attempt.asked, attempt.sent, 'the request is sent');
        bar('gemini', 'wait', attempt.sent ?? attempt.asked, attempt.firstBytes ?? over ?? end, attempt.firstBytes === undefined ? silence : 'thinks');
        bar('gemini', 'work', attempt.firstBytes, over ?? end, 'streams');
    });
    attempts.slice(0, -1).forEach(({ retrying }, i) => bar('gemini', 'wait', retrying, attempts[i + 1].asked, 'a pause before it is asked again'));
    return spans;
}

// ---- where the time went until there was something to read ------------------------------------------------------

const thinking = 'Gemini thinks';

// Without a gap: each part begins where the one before ended. {lane, words, from, to}.
function partsOf({ server, browser, attempts }) {
    const heard = attempts.find(({ firstBytes }) => firstBytes !== undefined);
    const stops = [
        ['network', 'The message goes to the server', browser?.sent, server.received],
        ['connection', 'ChatConnection decodes it, the Session takes it', server.received, server.taken],
        ['session', 'It waits behind the answer before', server.taken, server.begun],
        ['session', 'The Session logs it, AgentManager makes the request', server.begun, server.asked],
        ['gemini', 'Gemini is asked in vain, with the pauses between', server.asked, heard?.asked],
        ['gemini', 'The request goes to Gemini', heard?.asked, heard?.sent],
        ['gemini', thinking, heard?.sent ?? heard?.asked, server.firstParsed],
        ['session', 'The first word goes into the log, the store and the socket', server.firstParsed, server.firstWritten],
        ['network', 'It goes to the browser', server.firstWritten, browser?.chunk],
        ['browser', 'The page lays it out and paints it', browser?.chunk, browser?.painted],
    ];
    return stops.filter(([, , from, to]) => from !== undefined && to !== undefined).map(([lane, words, from, to]) => ({ lane, words, from, to }))
        .filter(({ words, from, to }) => to - from >= 0.05 || !/behind|in vain/.test(words)); // nobody waited
}

const lengthOf = (parts) => parts.reduce((sum, { from, to }) => sum + to - from, 0);

function sentencesOf(told, parts) {
    const { trace, server, browser, frames, attempts } = told;
    const whole = lengthOf(parts);
    const of = (...ids) => lengthOf(parts.filter(({ lane }) => ids.includes(lane)));
    const gemini = lengthOf(parts.filter(({ words }) => words === thinking));
    const queue = lengthOf(parts.filter(({ words }) => words.includes('behind')));
    const ours = of('connection', 'session') - queue;
    const until = browser?.painted === undefined ? 'until the first word left the server' : 'until you read something';
    const waited = `The message waited ${timeWords(queue)} behind the answer before it: ${percentWords(queue / whole)} of the ${timeWords(whole)} ${until}.`;
    const sentences = [];
    if (queue > gemini)
        sentences.push(waited);
    if (gemini > 0)
        sentences.push(`Gemini thought for ${timeWords(gemini)} before its first word: ${percentWords(gemini / whole)} of the ${timeWords(whole)} ${until}.`);
    if (queue >= 1 && queue <= gemini)
        sentences.push(waited);
    if (gemini > 0)
        sentences.push(`Runnel itself took ${timeWords(ours)} of it, down and up, with the storing: ${percentWords(ours / whole)}.`);
    if (browser?.painted !== undefined)
        sentences.push(`The network and nginx took ${timeWords(of('network'))}, the page's painting ${timeWords(of('browser'))}.`);
    if (attempts.length > 1)
        sentences.push(askedWords(attempts));
    sentences.push(...streamWords(trace, server, frames.filter(({ type }) => type === 'chunk')));
    if (server.ended === undefined)
        sentences.push('The answer still runs.');
    return sentences;
}

function askedWords(attempts) {
    const retries = attempts.filter(({ retrying }) => retrying !== undefined).length;
    const continued = attempts.slice(0, -1).filter(({ retrying }) => retrying === undefined).length;
    const why = [];
    if (retries > 0)
        why.push(`${plural(retries, 'time')} it was too busy, or could not`);
    if (continued > 0)
        why.push(`${continued === 1 ? 'once' : plural(continued, 'time')} more for the rest of a long answer`);
    return `Gemini was asked ${attempts.length} times: ${why.join(', and ')}.`;
}

// A long answer has chunks that were not noted. How many of the frames that are left out were chunks nobody knows.
function streamWords(trace, server, chunks) {
    if (chunks.length < 2)
        return [];
    const left = trace.frames_left_out;
    const noted = chunks.at(-1).parsed - chunks[0].parsed;
    const every = timeWords(noted / (chunks.length - 1));
    const first = `the first ${chunks.length.toLocaleString('en')}`;
    const sentences = [];
    if (left === 0) {
        sentences.push(`Then it streamed for ${timeWords(noted)}, in ${plural(chunks.length, 'chunk')}: one every ${every}.`);
    } else {
        const length = server.ended === undefined ? `more than ${timeWords(noted)}` : timeWords(server.ended - chunks[0].parsed);
        sentences.push(`Then it streamed for ${length}, in more than ${plural(chunks.length, 'chunk')}: ${first} one every ${every}.`,
            `Only so many frames of a turn are noted: the last ${left.toLocaleString('en')} are in no picture and no table.`);
    }
    const own = chunks.filter(({ written }) => written !== undefined).map(({ parsed, written }) => written - parsed).sort((a, b) => a - b);
    if (own.length > 0)
        sentences.push(`Each ${left === 0 ? 'chunk' : `of ${first}`} was through the server in ${timeWords(own[Math.floor(own.length / 2)])} (median), in ${timeWords(own.at(-1))} at most.`);
    return sentences;
}
