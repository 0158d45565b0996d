// What the page of a trace makes of the server's times and the browser's.

import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { bySample, byTurn, offsetFrom, sampleClock } from '../../frontend/js/clocks.js';
import { journeyOf, Journeys } from '../../frontend/js/journeys.js';
import { stepOf } from '../../frontend/js/tracepicture.js';
import { percentWords, tellStory, timeWords } from '../../frontend/js/tracestory.js';

describe('the clocks', () => {
    test('a quick round trip tells more than a slow one, and both together most', () => {
        const slow = bySample({ left: 0, server: 1050, back: 100 });
        const quick = bySample({ left: 0, server: 1004, back: 8 });
        assert.deepEqual(offsetFrom([slow]), { offset: 1000, uncertainty: 50 });
        assert.deepEqual(offsetFrom([quick, slow]), { offset: 1000, uncertainty: 4 });
    });

    test('a turn bounds the offset by what came up and what went down', () => {
        const turn = byTurn({ up: [[10, 1012]], down: [[1013, 14], [1020, 30]] });
        assert.deepEqual(offsetFrom([turn]), { offset: 1000.5, uncertainty: 1.5 });
    });

    test('where they contradict each other the turn itself is believed', () => {
        const turn = byTurn({ up: [[0, 1002]], down: [[1003, 5]] });
        const later = bySample({ left: 0, server: 9001, back: 2 });
        assert.deepEqual(offsetFrom([turn, later]), { offset: 1000, uncertainty: 2 });
    });

    test('what was written and noted late contradicts the turn, and then the samples are believed', () => {
        const turn = byTurn({ up: [[0, 1002]], down: [[1035, 12]] });
        assert.deepEqual(offsetFrom([turn, bySample({ left: 0, server: 1001, back: 2 })]), { offset: 1000, uncertainty: 1 });
        assert.equal(offsetFrom([turn]), null);
    });

    test('without a bound on either side there is no offset', () => {
        assert.equal(offsetFrom([]), null);
        assert.equal(offsetFrom([byTurn({ up: [], down: [[1, 2]] })]), null);
    });

    test('a sample has the server\'s time between two of the browser\'s', async () => {
        let time = 0;
        const samples = await sampleClock(async () => 500, { times: 2, now: () => ++time });
        assert.deepEqual(samples, [{ left: 1, server: 500, back: 2 }, { left: 3, server: 500, back: 4 }]);
    });
});

class World {
    time = 1000;
    kept = new Map();
    painting = [];
    now = () => this.time;
    date = () => this.time + 7;
    afterPaint = (done) => this.painting.push(done);
    store = { get: (key, fallback) => structuredClone(this.kept.get(key) ?? fallback), set: (key, value) => this.kept.set(key, structuredClone(value)) };

    constructor() {
        this.journeys = new Journeys(this);
        this.journeys.traced = true;
    }

    at(time, frame) {
        this.time = time;
        this.journeys.frame('s', frame);
    }

    answer(id, turn, from) {
        this.time = from;
        this.journeys.sent('s', id);
        this.at(from + 1, { type: 'user', id, message_id: `m-${id}` });
        this.at(from + 2, { type: 'turn', turn, parent_id: `m-${id}` });
        this.at(from + 10, { type: 'chunk', turn });
        this.time = from + 14;
        this.painting.splice(0).forEach((done) => done());
        this.at(from + 20, { type: 'chunk', turn });
        this.at(from + 30, { type: 'complete', turn });
    }

    of(turn) {
        return journeyOf({ session: 's', turn, begun_us: 1_000_000 }, this.store);
    }
}

describe('a journey', () => {
    test('has each time of its turn', () => {
        const world = new World();
        world.answer('a', 't1', 1000);
        assert.deepEqual(world.of('t1'), { session: 's', id: 'a', sent: 1000, user: 1001, turn: 't1', turnAt: 1002, chunk: 1010, painted: 1014, end: 1030, chunks: 2, skew: 7 });
    });

    test('is kept too where the end comes before the painting, in a tab that nobody looks at', () => {
        const world = new World();
        world.journeys.sent('s', 'a');
        world.at(1002, { type: 'turn', turn: 't1', id: 'a' });
        world.at(1003, { type: 'chunk', turn: 't1' });
        world.at(1004, { type: 'complete', turn: 't1' });
        assert.equal(world.of('t1').painted, undefined);
        world.time = 1500;
        world.painting[0]();
        assert.equal(world.of('t1').painted, 1500);
    });

    test('is of the message that it asked for, not of one in another tab', () => {
        const world = new World();
        world.journeys.sent('s', 'a');
        world.at(1002, { type: 'user', id: 'other', message_id: 'm' });
        world.at(1003, { type: 'turn', turn: 't1', parent_id: 'm' });
        world.at(1004, { type: 'complete', turn: 't1' });
        assert.equal(world.of('t1'), null);
    });

    test('only the newest twenty are kept, and none where there are no traces', () => {
        const world = new World();
        for (let i = 1; i <= 25; ++i)
            world.answer(`a${i}`, `t${i}`, 1000 + 100 * i);
        assert.equal(world.kept.get('journeys').length, 20);
        assert.equal(world.of('t5'), null);
        assert.ok(world.of('t25'));
        const quiet = new World();
        quiet.journeys.traced = false;
        quiet.answer('a', 't1', 1000);
        assert.equal(quiet.kept.size, 0);
    });

    test('an old one of a turn of the same name is not taken for it', () => {
        const world = new World();
        world.answer('a', 't1', 1000);
        assert.equal(journeyOf({ session: 's', turn: 't1', begun_us: 9_000_000_000_000 }, world.store), null);
    });

    test('what is kept and is no journey is passed over', () => {
        for (const nonsense of ['x', 5, { a: 1 }, [null, 5, { session: 's' }]])
            assert.equal(journeyOf({ session: 's', turn: 't1', begun_us: 0 }, { get: () => nonsense }), null);
    });
});

const ns = (ms) => Math.round(ms * 1e6);

// Received 1 ms before the turn began, asked 1 ms after, the first word 401 ms after that. Written 1 ms later.
function trace({ taken = -0.9, retry = false, ending = 'stop' } = {}) {
    const step = (station, at, more = {}) => ({ station, at_ns: ns(at), ...more });
    const chunk = (seq, at) => ({ seq, type: 'chunk', parsed_ns: ns(at), appended_ns: ns(at + 0.1), stored_ns: ns(at + 0.5), written_ns: ns(at + 1), last_written_ns: ns(at + 1),
        event_bytes: 300, characters: 10, bytes: 90, sockets: 1 });
    const plain = (seq, type, at) => ({ seq, type, appended_ns: ns(at), stored_ns: ns(at + 0.5), written_ns: ns(at + 1), last_written_ns: ns(at + 1), characters: 5, bytes: 100, sockets: 1 });
    return {
        session: 's', turn: 't1', agent: 'default', model: 'm', begun_at: '1970-01-01T00:00:02.000Z', begun_us: 2_000_000, ...(ending && { ending }),
        steps: [step('connected', -5000), step('received', taken - 0.1), step('decoded', taken - 0.05), step('taken', taken), step('begun', 0), step('agent', 0.5), step('asked', 1, { bytes: 900 }),
            step('sent', 1.2), ...(retry ? [step('retrying', 50, { number: 1 }), step('asked', 100), step('sent', 101)] : []), step('answered', 395, { number: 200 }), step('first_bytes', 400),
            ...(ending ? [step('ended', 900)] : [])],
        frames: [plain(1, 'user', 0.1), plain(2, 'turn', 0.2), chunk(3, 402), chunk(4, 602), chunk(5, 802), ...(ending ? [plain(6, 'complete', 900)] : [])],
        steps_left_out: 0, frames_left_out: 0,
    };
}

// Its first half ended at 700 ms with a token for the rest.
function continued() {
    const whole = trace();
    whole.steps.splice(-1, 0, ...[['asked', 700], ['sent', 701], ['answered', 790], ['first_bytes', 800]].map(([station, at]) => ({ station, at_ns: ns(at) })));
    return whole;
}

// 10,000 chunks, one every 10 ms. The user's frame, the turn's and 1,998 chunks are noted.
function long({ ending = 'stop' } = {}) {
    const whole = trace({ ending });
    const [user, turn, chunk] = whole.frames;
    const at = (i) => Object.fromEntries(Object.entries(chunk).map(([key, value]) => [key, key.endsWith('_ns') ? value + ns(10 * i) : value]));
    whole.frames = [user, turn, ...Array.from({ length: 1998 }, (_, i) => ({ ...at(i), seq: 3 + i }))];
    whole.frames_left_out = 8003;
    if (ending)
        whole.steps.at(-1).at_ns = ns(100_402);
    return whole;
}

// The browser's clock is 1 s behind. 4 ms each way, and 8 ms until it is painted.
const journey = { session: 's', id: 'a', turn: 't1', sent: 995, user: 1005.1, turnAt: 1005.2, chunk: 1407, painted: 1415, end: 1905, chunks: 3, skew: 0 };

describe('a story', () => {
    test('begins when the message was sent, by the server\'s clock', () => {
        const { clock, browser, server, parts, firstRead } = tellStory(trace(), { journey });
        assert.equal(Math.round(clock.offset), 1000);
        assert.ok(clock.uncertainty > 3 && clock.uncertainty < 5);
        assert.equal(browser.sent, 0);
        assert.ok(server.received > 0);
        assert.equal(parts[0].from, 0);
        for (let i = 1; i < parts.length; ++i)
            assert.ok(Math.abs(parts[i].from - parts[i - 1].to) < 1e-6 || parts[i].from > parts[i - 1].to);
        assert.ok(Math.abs(firstRead - 420) < 1e-6);
        assert.ok(Math.abs(parts.at(-1).to - 420) < 1e-6);
    });

    test('says what took longest first', () => {
        const [first, ours, network] = tellStory(trace(), { journey }).sentences;
        assert.equal(first.replaceAll('\u00a0', ' '), 'Gemini thought for 401 ms before its first word: 95 % of the 420 ms until you read something.');
        assert.match(ours, /^Runnel itself took .* of it/);
        assert.match(network, /painting 8\u00a0ms/);
    });

    test('without the browser\'s part it is the server\'s', () => {
        const { clock, browser, sentences, spans } = tellStory(trace());
        assert.equal(clock, null);
        assert.equal(browser, null);
        assert.match(sentences[0], /until the first word left the server\.$/);
        assert.ok(spans.every(({ lane }) => lane !== 'browser' && lane !== 'network'));
    });

    test('a sample of the clock that is closer makes the network\'s part surer', () => {
        const samples = [{ left: 5000, server: 6000.5, back: 5001 }];
        const { clock } = tellStory(trace(), { journey, samples });
        assert.deepEqual([clock.offset, clock.uncertainty].map((ms) => Math.round(10 * ms) / 10), [1000, 0.5]);
    });

    test('a clock that was set between the two pages is taken into account', () => {
        const samples = [{ left: 8000, server: 6000.5, back: 8001 }]; // the trace's page is 3 s ahead of the chat's
        const { clock } = tellStory(trace(), { journey: { ...journey, skew: 0 }, samples, skew: -3000 });
        assert.ok(Math.abs(clock.offset - 1000) < 1, `${clock.offset}`);
    });

    test('the wait behind another answer is no time of Runnel\'s', () => {
        const { sentences } = tellStory(trace({ taken: -4000 }));
        assert.ok(sentences.some((words) => words.replaceAll('\u00a0', ' ').startsWith('The message waited 4 s behind the answer before it: 91 % of the 4.4 s')), sentences.join('\n'));
        assert.match(sentences[0], /waited/, 'what took longest is said first');
        assert.ok(sentences.some((words) => /^Runnel itself took [12]\.\d+\u00a0ms/.test(words)), sentences.join('\n'));
    });

    test('each time that Gemini was asked has bars of its own, with the pause between', () => {
        const { attempts, spans, sentences } = tellStory(trace({ retry: true }));
        assert.equal(attempts.length, 2);
        const words = spans.filter(({ lane }) => lane === 'gemini').map((span) => span.words);
        assert.ok(words.includes('a pause before it is asked again'));
        assert.ok(words.includes('no answer'));
        assert.ok(sentences.some((sentence) => sentence.startsWith('Gemini was asked 2 times')));
    });

    test('an answer that was continued was asked for twice and never refused', () => {
        const { spans, sentences } = tellStory(continued(), { journey });
        assert.ok(sentences.includes('Gemini was asked 2 times: once more for the rest of a long answer.'), sentences.join('\n'));
        const streams = spans.filter(({ words }) => words === 'streams');
        const requests = spans.filter(({ words }) => words === 'the request is sent');
        assert.equal(streams.length, 2);
        assert.equal(streams[0].to, requests[1].from, 'the first one is over when the rest is asked for');
        assert.ok(streams[1].from > streams[0].to);
    });

    test('a request that failed and one for the rest are told apart', () => {
        const both = continued();
        const at = both.steps.findIndex(({ station }) => station === 'answered');
        both.steps.splice(at, 0, { station: 'retrying', at_ns: ns(50), number: 1 }, { station: 'asked', at_ns: ns(100) }, { station: 'sent', at_ns: ns(101) });
        const { sentences } = tellStory(both);
        assert.ok(sentences.includes('Gemini was asked 3 times: 1 time it was too busy, or could not, and once more for the rest of a long answer.'), sentences.join('\n'));
    });

    test('of a very long answer it says no more than is known', () => {
        const { sentences } = tellStory(long());
        const told = sentences.map((words) => words.replaceAll('\u00a0', ' '));
        assert.ok(told.includes('Then it streamed for 100 s, in more than 1,998 chunks: the first 1,998 one every 10 ms.'), told.join('\n'));
        assert.ok(told.includes('Only so many frames of a turn are noted: the last 8,003 are in no picture and no table.'), told.join('\n'));
        assert.ok(told.includes('Each of the first 1,998 was through the server in 1 ms (median), in 1 ms at most.'), told.join('\n'));
    });

    test('of a very long answer that still runs the length is not known', () => {
        const told = tellStory(long({ ending: null })).sentences.map((words) => words.replaceAll('\u00a0', ' '));
        assert.ok(told.some((words) => words.startsWith('Then it streamed for more than 19.97 s, in more than 1,998 chunks:')), told.join('\n'));
    });

    test('what Gemini has not answered yet it may still answer', () => {
        const young = trace({ ending: null });
        young.steps = young.steps.filter(({ station }) => !['answered', 'first_bytes'].includes(station));
        young.frames = young.frames.filter(({ type }) => type !== 'chunk');
        const words = tellStory(young).spans.filter(({ lane }) => lane === 'gemini').map((span) => span.words);
        assert.deepEqual(words, ['the request is sent', 'no answer yet']);
    });

    test('an answer that still runs is told as far as it is', () => {
        const { sentences, spans, end } = tellStory(trace({ ending: null }));
        assert.equal(sentences.at(-1), 'The answer still runs.');
        assert.ok(spans.every(({ from, to }) => Number.isFinite(from) && to <= end));
    });

    test('a turn that failed before its first word has a story, too', () => {
        const failed = trace({ ending: 'bad_key' });
        failed.frames = failed.frames.filter(({ type }) => type !== 'chunk');
        const story = tellStory(failed, { journey: { ...journey, chunk: undefined, painted: undefined } });
        assert.ok(Number.isFinite(story.end));
        assert.ok(story.spans.length > 0);
    });
});

test('times are in the unit that suits them', () => {
    const words = [0, 0.0004, 0.24, 0.9996, 2.345, 41.26, 412.4, 999.6, 4061, 123_456].map((ms) => timeWords(ms).replaceAll('\u00a0', ' '));
    assert.deepEqual(words, ['0', '0', '240 µs', '1 ms', '2.35 ms', '41.3 ms', '412 ms', '1 s', '4.06 s', '123 s']);
});

test('a share that is there is not nothing', () => {
    assert.deepEqual([0, 0.0001, 0.004, 0.5, 1].map((share) => percentWords(share).replaceAll('\u00a0', ' ')), ['0 %', 'under 1 %', 'under 1 %', '50 %', '100 %']);
    assert.equal(percentWords(0.0001, 1), 'under 0.1\u00a0%');
});

test('the axis has round steps', () => {
    assert.deepEqual([4061, 1.3, 10, 0.07].map((length) => stepOf(length, 5)), [1000, 0.5, 2, 0.02]);
});
