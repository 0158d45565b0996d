import { readFile } from 'node:fs/promises';

import { check, expect, readAnswers } from '../../lib/check.mjs';

const file = 'workshop/answers/1.13.json';
const trace = 'workshop/exercises/1.13-read-a-trace/trace.json';
const { steps, frames } = JSON.parse(await readFile(new URL('trace.json', import.meta.url), 'utf8'));
const seconds = (ns) => ns / 1e9;
const at = (name) => seconds(steps.find(({ station }) => station === name).at_ns);
const written = (type) => frames.filter((frame) => frame.type === type).map(({ written_ns }) => seconds(written_ns));
const pausesOf = (times) => times.slice(1).map((time, i) => time - times[i]);

const start = at('received');
const chunks = written('chunk');
const firstWord = chunks[0] - start;
const longestPause = Math.max(...pausesOf(chunks));
// How long each station took, as far as the first word waited for it.
const stations = steps.map(({ station, at_ns }, i) => ({ station, from: Math.max(seconds(at_ns), start),
    to: Math.min(i + 1 < steps.length ? seconds(steps[i + 1].at_ns) : chunks[0], chunks[0]) }))
    .map(({ station, from, to }) => ({ station, took: Math.max(0, to - from) }));
const slowest = stations.reduce((one, other) => other.took > one.took ? other : one);
const share = 100 * slowest.took / firstWord;

const near = (given, right) => Math.abs(given - right) <= Math.max(0.02 * Math.abs(right), 0.01);
const isNumber = (given) => typeof given === 'number' && Number.isFinite(given);
const nothingYet = (given) => given === null || given === undefined;
// Why a number is wrong that somebody may well have got.
const reason = (given, reasons) => reasons.find(([number]) => isNumber(given) && near(given, number))?.[1] ?? '';

function judge(name, given, { holds, right, why = '', look }) {
    return expect(holds, {
        right,
        missing: nothingYet(given) ? `${name} has no answer yet.` : `${name} is not ${JSON.stringify(given)}${why ? `: ${why}` : ''}.`,
        look,
    });
}

await check(async () => {
    const answers = await readAnswers(file);
    const { first_word_s: wait, slowest_station: station, its_share_percent: percent, chunks: count, longest_pause_s: pause } = answers ?? {};
    judge('first_word_s', wait, {
        holds: isNumber(wait) && near(wait, firstWord),
        right: `The first word came after ${firstWord.toFixed(2)} s.`,
        why: reason(wait, [
            [written('thought')[0] - start, 'that is the first thought, which is no word of the answer'],
            [at('first_bytes') - start, 'that is when the first bytes came, and they were a thought'],
            [at('ended') - start, 'that is the whole answer'],
            [1e3 * firstWord, 'it is to be in seconds, not in milliseconds'],
            [1e9 * firstWord, 'it is to be in seconds, not in nanoseconds'],
        ]),
        look: `${trace}: the station received, and the first frame of the type chunk`,
    });
    judge('slowest_station', station, {
        holds: station === slowest.station,
        right: `Most of that passed after ${slowest.station}: our server waited for the model.`,
        why: {
            first_bytes: 'that is the longest of all, but most of it came after the first word',
            ended: 'nothing comes after it',
            connected: 'that was before the message came',
        }[station] ?? (stations.some((one) => one.station === station)
            ? `only ${(1000 * stations.find((one) => one.station === station).took).toFixed(2)} ms passed after it` : 'there is no such station'),
        look: `${trace}: the differences between each of the steps and the next`,
    });
    judge('its_share_percent', percent, {
        holds: isNumber(percent) && Math.abs(percent - share) <= 1.5,
        right: `That was ${share.toFixed(0)} % of it.`,
        why: reason(percent, [
            [100 * slowest.took / (at('ended') - start), 'that is its share of the whole answer'],
            [share / 100, 'it is to be in percent'],
        ]),
        look: `${trace}: how long the station took, divided by first_word_s`,
    });
    judge('chunks', count, {
        holds: count === chunks.length,
        right: `It came in ${chunks.length} chunks.`,
        why: reason(count, [
            [chunks.length + written('thought').length, 'that counts the thoughts, too'],
            [frames.length, 'that counts all frames'],
        ]),
        look: `${trace}: the frames of the type chunk`,
    });
    judge('longest_pause_s', pause, {
        holds: isNumber(pause) && near(pause, longestPause),
        right: `The longest pause was ${longestPause.toFixed(2)} s, so most of the wait was before the first word.`,
        why: reason(pause, [
            [Math.max(...pausesOf(frames.map(({ written_ns }) => seconds(written_ns)))), 'that is the wait before the model wrote anything'],
            [1e3 * longestPause, 'it is to be in seconds, not in milliseconds'],
            [1e9 * longestPause, 'it is to be in seconds, not in nanoseconds'],
        ]),
        look: `${trace}: written_ns of each chunk and of the next`,
    });
});
