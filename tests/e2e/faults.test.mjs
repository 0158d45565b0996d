// A page and a window in one conversation, and all that the fault driver (tests/faults) does to networks, server and model,
// in the middle of an answer. After each fault both show the same, which is what somebody sees who comes only then.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { close, launch, newPage, open, picture, write } from './browser.mjs';
import { startProgram } from './lines.mjs';
import { hasWindow, openWindow } from './window.mjs';

const quietLimit = 60_000; // a client may wait half a minute before it tries again
const words = 'the river runs from the hill to the sea and never asks who drinks of it '.repeat(9).trim();
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

let stage;
let addresses;
let browser;
let page;
let desktop;
let questions = 0;

const tell = async (command) => assert.equal(await stage.ask(command), 'ok', command);

// What is done while an answer comes. "NAME" stands for the page's network, then for the window's.
const faults = {
    'nothing': [],
    'a reset connection': ['reset NAME'],
    'a closed connection': ['close NAME'],
    'a reset in the middle of a frame from the server': ['cut-down NAME 700'],
    'a reset in the middle of a frame to the server': ['cut-up NAME 3', 'say NAME'],
    'resets in the middle of two handshakes': ['reset NAME', 'cut-down NAME 60', 'wait 400', 'cut-up NAME 200', 'wait 400'],
    'a network that stands still': ['stall NAME', 'say NAME', 'wait 700'],
    'a network of 1 KB/s': ['slow NAME', 'say NAME', 'wait 700'],
    'a network with 150 ms of delay': ['delay NAME 150', 'say NAME', 'wait 700'],
    'an unplugged network, and somebody who writes on': ['unplug NAME', 'say NAME', 'wait 900'],
    'kill -9 of the server': ['kill', 'wait 300', 'start'],
    'kill -9 of the server, and somebody who writes while it is away': ['kill', 'say page', 'say window', 'wait 300', 'start'],
    'the end and a new start of the server': ['terminate', 'start'],
    'a server that stands still': ['pause 600'],
    'a model that is killed': ['kill-model', 'wait 300', 'start-model'],
    'a reset on the way to the model': ['reset model'],
    'a cut at a byte on the way to the model': ['cut-down model 900'],
    'a slow way to the model': ['slow model', 'wait 500'],
    'a way to the model that stands still': ['stall model', 'wait 700'],
};

// The first word of a question: what the model does with it, by tests/faults/scenario.json.
const answers = ['503', '429', 'quota', 'blocked', 'cut', 'close', 'garbage', 'broken', 'short'];

const question = (kind) => `${kind} echo: q${++questions} ${words}`;

// The page as its reader has it.
const pageState = (page) => page.evaluate(() => {
    const plain = (node) => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
    const messages = [...document.querySelectorAll('.message')].map((node) => ({
        text: plain(node.querySelector('.bubble, :scope > .prose')),
        state: node.dataset.state ?? (node.classList.contains('queued') ? 'queued' : 'taken'),
        problem: plain(node.querySelector('.failure code')),
        version: plain(node.querySelector('.branches:not([hidden]) span')),
    }));
    return { connected: document.getElementById('state').dataset.phase === 'connected', messages };
});

// Each question is there and answered: one that was sent a moment ago may not be drawn yet.
const isQuiet = ({ connected, messages }) => connected && messages.length >= 2 * questions
    && messages.every(({ state }) => state !== 'running' && state !== 'queued');

// Waits until both are quiet and the same; fails with what the two showed last.
async function sameState() {
    for (const end = Date.now() + quietLimit; ;) {
        const shown = { page: await pageState(page), window: await desktop.state() };
        if (isQuiet(shown.page) && isQuiet(shown.window)) {
            try {
                assert.deepEqual(shown.window, shown.page);
                return shown.page;
            } catch (error) {
                if (Date.now() > end)
                    throw error;
            }
        }
        assert.ok(Date.now() < end, `not quiet: ${JSON.stringify(shown, null, 1).slice(-6000)}`);
        await pause(50); // nothing tells us: they are looked at again
    }
}

// Somebody who was not there: a new page of the same conversation.
async function newcomerState() {
    const newcomer = await newPage(browser);
    await open(newcomer, `${addresses.newcomer}${new URL(page.url()).search}`);
    const isDrawn = (state) => isQuiet(state) && !state.messages.some(({ text, state: of }) => text === '' && of === 'done');
    let state = await pageState(newcomer);
    for (const end = Date.now() + 30_000; !isDrawn(state) && Date.now() < end;) {
        await pause(50); // long texts are drawn bit by bit
        state = await pageState(newcomer);
    }
    await close(newcomer);
    return state;
}

const say = {
    page: (text) => write(page, text),
    window: (text) => desktop.tell('say', text),
};

async function act(step, name) {
    const [command, ...rest] = step.replace('NAME', name).split(' ');
    if (command === 'wait')
        await pause(Number(rest[0]));
    else if (command === 'say')
        await say[rest[0]](question('quick'));
    else
        await tell([command, ...rest].join(' '));
}

async function heal() {
    for (const network of ['page', 'window', 'model'])
        await tell(`heal ${network}`);
}

async function checkAll(before) {
    const shown = await sameState();
    assert.deepEqual(await newcomerState(), shown, 'a newcomer sees the same');
    const asked = shown.messages.filter(({ state }) => state === 'taken').map(({ text }) => text);
    assert.equal(asked.length, questions, 'what was said is there');
    assert.equal(new Set(asked).size, asked.length, 'and once');
    assert.equal(shown.messages.length, 2 * questions, 'and has one answer');
    assert.deepEqual(shown.messages.slice(0, before.length), before, 'what was there before has not changed');
    return shown.messages;
}

before(async () => {
    stage = startProgram(join(process.env.RUNNEL_BIN_DIR, '..', 'tests', 'runnel-fault-stage'), ['page', 'window', 'newcomer']);
    addresses = Object.fromEntries((await stage.next()).split(' ').map((pair) => pair.split('=')));
    browser = await launch();
    page = await newPage(browser);
    page.expected = /./; // what a browser says of connections that are cut
    await open(page, addresses.page);
});
after(async () => {
    desktop?.kill();
    await browser?.close();
    await stage?.close();
});

let seen = [];

test('both are there', { skip: !hasWindow && 'the desktop client is not built' }, async () => {
    await write(page, question('quick'));
    await page.waitForSelector('.answer[data-state="done"]');
    desktop = await openWindow(addresses.window, new URL(page.url()).searchParams.get('c'));
    seen = await checkAll(seen);
});

for (const [name, steps] of Object.entries(faults)) {
    test(`${name}, while an answer comes`, { skip: !hasWindow && 'the desktop client is not built' }, async () => {
        const readers = steps.some((step) => step.includes('NAME')) ? ['page', 'window'] : ['page'];
        for (const reader of readers) {
            // The other one asks: whom the fault meets is a reader only.
            await say[reader === 'page' ? 'window' : 'page'](question('slow'));
            await page.waitForFunction((count) => {
                const shown = [...document.querySelectorAll('.answer')];
                return shown.length === count && shown.at(-1).querySelector(':scope > .prose').textContent !== '';
            }, questions);
            for (const step of steps)
                await act(step, reader);
            await heal();
            seen = await checkAll(seen);
        }
    });
}

for (const kind of answers) {
    test(`a model that answers with "${kind}"`, { skip: !hasWindow && 'the desktop client is not built' }, async () => {
        await say[questions % 2 ? 'page' : 'window'](question(kind));
        seen = await checkAll(seen);
    });
}

test('what was seen was not always whole, and neither gave a warning', { skip: !hasWindow && 'the desktop client is not built' }, async () => {
    const states = new Set(seen.map(({ state }) => state));
    for (const state of ['taken', 'done', 'interrupted', 'failed'])
        assert.ok(states.has(state), `some are ${state}`);
    await picture(page, 'faults-page-1440');
    await desktop.tell('picture', 'faults');
    await desktop.close();
    desktop = null;
    await close(page);
});
