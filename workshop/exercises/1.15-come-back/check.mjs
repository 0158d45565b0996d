// builds: runnel-server runnel_e2e

import { join } from 'node:path';

import { answered, check, comes, expect, need, openChat, openPlainPage, plainPage, startServer, temporaryFolder, writeMessage } from '../../lib/check.mjs';

const look = 'workshop/page/chat.js';
const slack = 20; // ms
const longest = 10_000; // ms
const story = 'Tell me a long story';

// In the page: chance is at hand too, its timers wait until the check turns its clock, and each dial is written down with the time of that clock.
const ownClock = () => {
    let now = Date.now();
    let named = 0;
    const timers = new Map();
    const add = (run, pause, repeat, args) => {
        named += 1;
        timers.set(named, { at: now + Math.max(0, Math.trunc(pause) || 0), run: () => run(...args), repeat });
        return named;
    };
    Date.now = () => now;
    window.setTimeout = (run, pause, ...args) => add(run, pause, false, args);
    window.setInterval = (run, pause, ...args) => add(run, pause, true, args);
    window.clearTimeout = window.clearInterval = (id) => { timers.delete(id); };
    // While it is to be always the same, chance says a half: the pauses are then what they grow by.
    const { random } = Math;
    const getRandomValues = crypto.getRandomValues.bind(crypto);
    let isSame = false;
    Math.random = () => isSame ? 0.5 : random();
    crypto.getRandomValues = (array) => {
        getRandomValues(array);
        if (isSame)
            new Uint8Array(array.buffer, array.byteOffset, array.byteLength).fill(0x80);
        return array;
    };
    const dials = [];
    window.WebSocket = class extends WebSocket {
        constructor(...args) {
            super(...args);
            dials.push({ socket: this, at: now, url: this.url });
        }
    };
    window.checked = {
        now: () => now,
        setSame: (same) => { isSame = same; },
        dials: () => dials.map(({ at, url, socket }) => ({ at, url, state: socket.readyState })),
        // On to the next timer, or by `limit` if that is sooner.
        turn: (limit) => {
            const [id, timer] = [...timers].sort(([, one], [, other]) => one.at - other.at)[0] ?? [];
            if (!timer || timer.at > now + limit) {
                now += limit;
                return;
            }
            const pause = timer.at - now;
            now = timer.at;
            if (timer.repeat)
                timer.at += Math.max(1, pause);
            else
                timers.delete(id);
            timer.run();
        },
    };
};
const now = (page) => page.evaluate(() => window.checked.now());
const dialsOf = (page) => page.evaluate(() => window.checked.dials());
const state = (page) => page.locator('#state').textContent();

// Turns the page's clock on until it holds. What was dialled has failed or is connected before time goes on.
async function forward(page, limit, holds) {
    const end = await now(page) + limit;
    for (let turns = 0; turns < 1000 && !await holds(); ++turns) {
        const left = end - await now(page);
        if (left <= 0)
            break;
        await page.evaluate((time) => window.checked.turn(time), left);
        await comes(async () => (await dialsOf(page)).every((dial) => dial.state !== 0), 5000);
    }
    return holds();
}

const setSameChance = (page, same) => page.evaluate((is) => window.checked.setSame(is), same);

// Whether each is about twice the one before, as long as they grow. A first one of nothing is none.
function aboutDouble(pauses) {
    const nearlyLongest = 0.9 * Math.max(...pauses);
    return pauses.slice(1).every((pause, i) => {
        const before = pauses[i];
        return (i === 0 && before <= slack)
            || ((pause >= nearlyLongest || pause > 1.45 * before - slack) && pause < 3 * before + slack);
    });
}

const pausesOf = (dials, from) => dials.map(({ at }, i) => at - (i === 0 ? from : dials[i - 1].at));
const listed = (pauses) => pauses.map((pause) => `${(pause / 1000).toFixed(1)} s`).join(', ');

await check(async () => {
    const env = { FRONTEND_DIR: plainPage, DATABASE_URL: `sqlite:${join(await temporaryFolder(), 'runnel.db')}` };
    let server = await startServer({ env });
    const { port } = new URL(server.url);
    const page = await openPlainPage({ server, prepare: (unopened) => unopened.addInitScript(ownClock) });

    // Kills the server; how often the page had dialled before, and when that was.
    const lose = async () => {
        const before = (await dialsOf(page)).length;
        await server.stop('SIGKILL');
        await comes(async () => await state(page) !== 'Connected', 5000);
        return { before, from: await now(page) };
    };
    const dialsAfter = async ({ before }) => (await dialsOf(page)).slice(before);

    await writeMessage(page, 'My name is Ada');
    need(await answered(page, 1), { right: 'Messages and answers still come.', missing: 'No answer comes any more.', look });
    await writeMessage(page, story);
    const untilNow = page.frames.length;
    await comes(() => page.frames.length >= untilNow + 5);
    if (page.frames.slice(untilNow).some(({ type }) => type !== 'chunk'))
        throw new Error('the answer to be broken off has ended already');
    await setSameChance(page, true);
    const first = await lose();
    expect(/reconnecting/i.test(await state(page)), {
        right: 'It says that it is coming back.',
        missing: `When the connection is lost it says "${await state(page)}", and not Reconnecting.`,
        look: `${look}, the listener of close`,
    });
    await forward(page, 60_000, async () => (await dialsAfter(first)).length >= 7);
    const failed = await dialsAfter(first);
    need(failed.length > 0, {
        right: 'It dials again.',
        missing: 'When the connection is lost it does not dial again within a minute.',
        look: `${look}, the listener of close`,
    });
    const pauses = pausesOf(failed, first.from);
    expect(failed.length >= 7 && pauses.every((pause) => pause <= longest + slack), {
        right: `It goes on trying; its pauses were ${listed(pauses)}.`,
        missing: failed.length < 7 ? `It gives up: it dialled only ${failed.length} times within a minute.`
            : `A pause is too long: they were ${listed(pauses)}, and 10 s is the most.`,
        look,
    });
    expect(pauses[0] <= 1000 + slack, {
        right: 'The first pause is short.',
        missing: `The first pause is ${listed(pauses.slice(0, 1))}, and one second is the most.`,
        look,
    });
    const sum = (some) => some.reduce((all, pause) => all + pause, 0);
    const grow = sum(pauses.slice(-3)) > 2 * sum(pauses.slice(0, 3));
    expect(grow && aboutDouble(pauses), {
        right: 'Each is about twice the one before, until they are long.',
        missing: grow ? `The pauses grow, but not to about twice each time: they were ${listed(pauses)}, where chance said the same each time.`
            : `The pauses do not grow: they were ${listed(pauses)}. A server that has trouble gets no rest from that.`,
        look: `${look}: each is to be about twice the one before`,
    });
    const shown = () => page.locator('.user').count();
    const before = await shown();
    await page.locator('#text').fill('Are you there?');
    await page.locator('#text').press('Enter');
    expect(await shown() === before, {
        right: 'Nothing can be sent meanwhile.',
        missing: 'A message can be sent while there is no connection, and it is shown though nobody got it.',
        look: `${look}: send.disabled`,
    });
    await page.locator('#text').fill('');

    server = await startServer({ env: { ...env, PORT: port } });
    if (!server.url)
        throw new Error(`runnel-server does not start again: ${server.log()}`);
    need(await forward(page, 2 * longest, async () => await state(page) === 'Connected'), {
        right: 'It is connected again when the server is there again.',
        missing: `The server is there again, and 20 s later the page says "${await state(page)}".`,
        look,
    });
    const { length } = await dialsOf(page);
    await forward(page, longest + 2000, async () => (await dialsOf(page)).length > length);
    const all = await dialsOf(page);
    expect(all.length === length, {
        right: 'Then it dials no more.',
        missing: 'It goes on dialling though it is connected.',
        look: `${look}: a timer that is not needed any more`,
    });

    const complete = () => page.frames.filter(({ type }) => type === 'complete').length;
    const answers = await page.locator('.answer').count();
    const [beforeFrames, completeBefore] = [page.frames.length, complete()];
    await writeMessage(page, 'What is my name?');
    await comes(() => complete() > completeBefore);
    const text = await page.locator('.answer').last().textContent();
    const sent = page.frames.slice(beforeFrames).filter(({ type }) => type === 'chunk').map(({ content }) => content).join('');
    expect(/Ada/.test(sent), {
        right: 'The model still knows what was said before.',
        missing: 'The model no longer knows what was said before: the session is another one.',
        look: `${look}: where the session gets its name`,
    });
    expect(await page.locator('.answer').count() === answers + 1 && text === sent, {
        right: 'The next answer is a message of its own.',
        missing: await page.locator('.answer').count() === answers ? 'The next answer hangs on to the one that broke off.'
            : 'The next answer is not shown as it was sent.',
        look: `${look}: what answer is, when the connection is lost`,
    });
    const session = new URL(all.at(-1).url).pathname.split('/').at(-1);
    const { frames } = await openChat(server, { session, protocol: 'runnel.v1' });
    const snapshot = () => frames.find(({ type }) => type === 'snapshot');
    await comes(snapshot);
    const times = snapshot()?.messages.filter(({ content }) => content === story).length;
    expect(times === 1, {
        right: 'Nothing was sent twice.',
        missing: times > 1 ? `"${story}" was sent ${times} times.` : 'The conversation no longer has what was said before.',
        look: `${look}: what is sent when a connection opens`,
    });

    await setSameChance(page, false);
    const second = await lose();
    await forward(page, 20_000, async () => (await dialsAfter(second)).length >= 4);
    const again = pausesOf(await dialsAfter(second), second.from);
    expect(again.length > 0 && again[0] <= 1000 + slack, {
        right: 'After the next loss it begins with the short pause again.',
        missing: again.length > 0 ? `After the next loss the first pause is ${listed(again.slice(0, 1))}.` : 'After the next loss it does not dial again.',
        look: `${look}, the listener of open`,
    });
    expect(again.some((pause, i) => Math.abs(pause - pauses[i]) > slack), {
        right: 'The pauses are not the same each time.',
        missing: 'The pauses are the same each time: all pages that were lost at once come back at once.',
        look: `${look}: Math.random()`,
    });
});
