// What people do with the page: by mouse, by keyboard, with a screen reader, with a bad connection.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { rich } from './answers.mjs';
import { answered, answering, assertNoSidewaysScroll, close, drawn, launch, newPage, open, picture, write } from './browser.mjs';
import { ScriptedChat } from './scriptedchat.mjs';
import { startServer } from './server.mjs';

let browser;
let server;
before(async () => {
    server = await startServer();
    browser = await launch();
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

async function chatting(options = {}) {
    const page = await newPage(browser, options);
    const chat = await new ScriptedChat(options).attach(page);
    await open(page, server.url);
    return { page, chat };
}

const isMessage = ({ type }) => type === 'message';

test('Enter sends, Shift+Enter breaks the line, the composer grows and shrinks', async () => {
    const { page, chat } = await chatting();
    const text = page.locator('#composer-text');
    const low = (await text.boundingBox()).height;
    await text.pressSequentially('First');
    for (let line = 0; line < 4; ++line)
        await page.keyboard.press('Shift+Enter');
    await text.pressSequentially('second');
    assert.equal(await text.inputValue(), 'First\n\n\n\nsecond');
    assert.ok((await text.boundingBox()).height > low + 60, 'it has grown');
    await page.keyboard.press('Enter');
    assert.equal((await chat.next(isMessage)).message, 'First\n\n\n\nsecond');
    assert.equal(await text.inputValue(), '');
    assert.equal((await text.boundingBox()).height, low);
    await text.fill('line\n'.repeat(200));
    assert.ok((await text.boundingBox()).height <= 900 * 0.4 + 1, 'it grows to 40 % of the window');
    await close(page);
});

test('an Enter that ends a composition does not send', async () => {
    const { page, chat } = await chatting();
    await page.locator('#composer-text').fill('にほん');
    await page.locator('#composer-text').evaluate((node) => {
        node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
        node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }));
    });
    await drawn(page);
    assert.equal(chat.received.length, 0);
    assert.equal(await page.locator('#composer-text').inputValue(), 'にほん');
    await close(page);
});

test('blanks are not sent, and neither is more than the server takes', async () => {
    const { page, chat } = await chatting();
    await write(page, '  \n ');
    assert.ok(await page.locator('#send').isDisabled());
    await write(page, 'é'.repeat(40_000));
    assert.ok(await page.locator('#send').isDisabled());
    assert.match(await page.locator('#hint').textContent(), /Too long by 14,464 bytes/);
    assert.equal(chat.received.length, 0);
    await close(page);
});

for (const width of [320, 767, 1440]) {
    test(`that a message is too long is said in sight and to a screen reader, ${width} px`, async () => {
        const { page } = await chatting({ width, height: 700 });
        const text = page.locator('#composer-text');
        const described = () => text.evaluate((node) => document.getElementById(node.getAttribute('aria-describedby')).textContent);
        await text.fill('é'.repeat(40_000));
        await page.waitForSelector('#hint:visible:has-text("Too long by")');
        assert.match(await described(), /Too long by 14,464 bytes/);
        assert.equal(await text.getAttribute('aria-invalid'), 'true');
        await assertNoSidewaysScroll(page, 'the hint');
        await picture(page, `too-long-${width}`);
        await text.fill('é');
        assert.doesNotMatch(await described(), /Too long/);
        await close(page);
    });
}

test('a suggestion sends itself, with an id and the chosen agent', async () => {
    const { page, chat } = await chatting();
    await page.locator('.agent-button:visible').click();
    await page.locator('.agent-option:visible', { hasText: 'tutor' }).click();
    await page.locator('.suggestion').first().click();
    const frame = await chat.next(isMessage);
    assert.equal(frame.message, 'Explain quantum computing in simple terms');
    assert.equal(frame.agent, 'tutor');
    assert.match(frame.id, /^[A-Za-z0-9_-]{22}$/);
    await close(page);
});

test('the agent that was chosen before is asked, though the list of agents has not come yet', async () => {
    const { page, chat } = await chatting();
    await page.locator('.agent-button:visible').click();
    await page.locator('.agent-option:visible', { hasText: 'tutor' }).click();
    chat.refusing = true;
    await page.reload();
    await page.waitForSelector('#state:has-text("Reconnecting")');
    await write(page, 'Explain it');
    await page.waitForSelector('.queued');
    chat.refusing = false;
    assert.equal((await chat.next(isMessage)).agent, 'tutor');
    assert.equal(await page.locator('.agent-button:visible').textContent(), 'tutor');
    await close(page);
});

test('a message that was refused for its agent is sent again to the one that is chosen now', async () => {
    const { page, chat } = await chatting();
    await page.evaluate(() => sessionStorage.setItem('runnel.agent', '"poet"'));
    chat.refusing = true;
    await page.reload();
    await page.waitForSelector('#state:has-text("Reconnecting")');
    await write(page, 'Explain it');
    chat.refusing = false;
    const { id, agent } = await chat.next(isMessage);
    assert.equal(agent, 'poet');
    chat.sendRaw(JSON.stringify({ type: 'error', id, code: 'unknown_agent', error: 'There is no agent “poet”.' }));
    await page.locator('button', { hasText: 'Retry' }).click();
    assert.equal((await chat.next((frame) => isMessage(frame) && frame.id !== id)).agent, 'default');
    await close(page);
});

test('Send turns into Stop at the same place, and Stop names its turn', async () => {
    const { page, chat } = await chatting();
    const before = await page.locator('#send').boundingBox();
    chat.ask('Hi');
    const turn = chat.begin();
    await answering(page);
    assert.deepEqual(await page.locator('#send').boundingBox(), before);
    await page.locator('#send').click();
    assert.deepEqual(await chat.next(({ type }) => type === 'stop'), { type: 'stop', turn: turn.name });
    assert.ok(await page.locator('#send').isDisabled(), 'it is not asked twice');
    chat.end(turn, 'stopped');
    await page.waitForSelector('text=Stopped.');
    await close(page);
});

test('a Stop is said again for its own answer, and for none that bears its name', async () => {
    const { page, chat } = await chatting();
    const stops = () => chat.received.filter(({ type }) => type === 'stop').length;
    const begin = () => {
        chat.ask('Hi');
        return chat.begin();
    };
    const comeBack = async () => {
        chat.refusing = true;
        chat.drop();
        await page.waitForSelector('#state:has-text("Reconnecting")');
        chat.refusing = false;
        await page.waitForSelector('#state[data-phase="connected"]');
        for (let more = 0; more < 2; ++more) { // the second one goes out after all that the snapshot brings about
            const message = `${chat.connections}, ${more}`;
            await write(page, message);
            await chat.next((frame) => frame.message === message);
        }
    };
    const stopped = begin();
    await answering(page);
    await page.locator('#send').click();
    await chat.next(({ type }) => type === 'stop');
    await comeBack();
    assert.equal(stops(), 2, 'the word may have got lost');

    chat.forget();
    chat.drop();
    await page.waitForSelector('text=The server no longer has this conversation');
    assert.equal(begin().name, stopped.name);
    await answering(page);
    await comeBack();
    assert.equal(stops(), 2, 'another answer is left alone');
    await close(page);
});

test('a failed answer is asked again by Retry, an interrupted one goes on by Continue', async () => {
    const { page, chat } = await chatting();
    const question = chat.ask('What is a qubit?');
    chat.fail(chat.begin({ agent: 'tutor' }), 'model_overloaded', 'The model is busy. Try again in a minute.');
    const retry = page.locator('button', { hasText: 'Retry' });
    await retry.click();
    const { id, ...again } = await chat.next(({ type }) => type === 'regenerate');
    assert.deepEqual(again, { type: 'regenerate', message_id: question, agent: 'tutor' });
    await page.waitForSelector('button:disabled:has-text("Retry")'); // it is not asked twice
    const turn = chat.begin({ parent_id: question, id });
    chat.say(turn, 'A qubit is');
    chat.end(turn, 'interrupted');
    await page.locator('.branches:visible', { hasText: '2 / 2' }).waitFor();
    await page.locator('button', { hasText: 'Continue' }).click();
    const more = await chat.next(({ type }) => type === 'continue');
    assert.equal(more.message_id, turn.message_id);
    const rest = chat.begin({ message_id: turn.message_id, parent_id: question, id: more.id });
    chat.say(rest, ' a small thing.');
    chat.end(rest);
    await page.waitForSelector('text=A qubit is a small thing.');
    assert.equal(await page.locator('button', { hasText: 'Continue' }).count(), 0);
    assert.equal(await page.locator('.answer').count(), 1);
    await close(page);
});

for (const reason of ['stopped', 'length']) {
    test(`an answer that ended by "${reason}" goes on by Continue, until something follows it`, async () => {
        const { page, chat } = await chatting();
        chat.ask('Hi');
        const turn = chat.begin();
        chat.say(turn, 'Half');
        chat.end(turn, reason);
        await page.locator('button', { hasText: 'Continue' }).click();
        assert.equal((await chat.next(({ type }) => type === 'continue')).message_id, turn.message_id);
        chat.exchange('More', 'Gladly.');
        await page.waitForSelector('.answer:has-text("Gladly.")');
        assert.equal(await page.locator('button', { hasText: 'Continue' }).count(), 0);
        await close(page);
    });
}

test('while another branch is answered, an answer cannot go on, but it can be asked for again', async () => {
    const { page, chat } = await chatting();
    const question = chat.ask('Hi');
    const half = chat.begin();
    chat.say(half, 'Half');
    chat.end(half, 'stopped');
    const other = chat.begin({ parent_id: question });
    chat.push({ type: 'branch', active: half.message_id });
    await page.waitForSelector('text=Stopped.');
    const carryOn = page.getByRole('button', { name: 'Continue' });
    assert.ok(await carryOn.isDisabled());
    assert.ok(await page.getByRole('button', { name: 'Regenerate answer' }).isEnabled());
    chat.end(other);
    await page.waitForSelector('button:enabled:has-text("Continue")');
    await close(page);
});

test('without a connection nothing is edited, asked again or chosen', async () => {
    const { page, chat } = await chatting();
    const question = chat.ask('Hi');
    chat.end(chat.begin());
    const turn = chat.begin({ parent_id: question });
    chat.say(turn, 'Half');
    chat.end(turn, 'stopped');
    const names = ['Edit message', 'Regenerate answer', 'Continue', 'Previous version'];
    for (const name of names)
        assert.ok(await page.getByRole('button', { name }).isEnabled(), name);
    chat.refusing = true;
    chat.drop();
    await page.waitForSelector('#state:has-text("Reconnecting")');
    for (const name of names)
        assert.ok(await page.getByRole('button', { name }).isDisabled(), name);
    await close(page);
});

test('an edit is left by Escape and by Cancel, and is sent by Enter', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', 'Hello.');
    const edit = page.getByRole('button', { name: 'Edit message' });
    const text = page.getByRole('textbox', { name: 'Edit your message' });
    await edit.click();
    await text.fill('Something else');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.bubble').textContent(), 'Hi');
    assert.ok(await edit.evaluate((node) => node === document.activeElement), 'the focus is where it was');
    await edit.click();
    assert.equal(await text.inputValue(), 'Hi');
    await text.fill('  ');
    assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
    await page.getByRole('button', { name: 'Cancel' }).click();
    await edit.click();
    await text.fill('Hi there');
    await page.keyboard.press('Enter');
    const { message, message_id, id } = await chat.next(({ type }) => type === 'edit');
    assert.equal(message, 'Hi there');
    assert.ok(message_id && id);
    assert.equal(await page.locator('.queued .bubble').textContent(), 'Hi there');
    await close(page);
});

test('the session and the draft outlive a reload; a new tab has its own', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', 'Hello there.');
    await page.locator('#composer-text').fill('half a thought');
    await page.reload();
    await page.waitForSelector('text=Hello there.');
    assert.equal(await page.locator('#composer-text').inputValue(), 'half a thought');
    const session = await page.evaluate(() => sessionStorage.getItem('runnel.session'));
    const other = await page.context().newPage();
    await new ScriptedChat().attach(other);
    await open(other, server.url);
    assert.notEqual(await other.evaluate(() => sessionStorage.getItem('runnel.session')), session);
    await close(page);
});

test('what is written offline waits in sight, survives a reload and is sent once', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', 'Hello.');
    chat.refusing = true;
    chat.drop();
    await page.waitForSelector('#state:has-text("Reconnecting")');
    await write(page, 'Sent without a server');
    await page.waitForSelector('.queued:has-text("Waiting for the connection")');
    await page.reload();
    await page.waitForSelector('.queued:has-text("Sent without a server")');
    chat.refusing = false;
    const frame = await chat.next(isMessage);
    chat.received = [];
    chat.drop(); // the answer to it got lost: it is sent again, with the same id
    assert.deepEqual(await chat.next(isMessage), frame);
    chat.ask('Sent without a server', { id: frame.id });
    await page.waitForSelector('.queued', { state: 'detached' });
    assert.deepEqual(chat.received.filter(isMessage), [frame]);
    assert.equal(await page.locator('.bubble', { hasText: 'Sent without a server' }).count(), 1);
    await close(page);
});

test('a queued message can be taken back', async () => {
    const { page, chat } = await chatting();
    await page.context().setOffline(true);
    await page.waitForSelector('#state[data-phase="offline"]');
    await write(page, 'Never mind');
    await page.locator('button[aria-label="Remove this message"]').click();
    await page.waitForSelector('.queued', { state: 'detached' });
    await page.context().setOffline(false);
    await page.waitForSelector('#state[data-phase="connected"]');
    await drawn(page);
    assert.equal(chat.received.length, 0);
    await close(page);
});

test('offline and back: it says so in words and goes on where it was', async () => {
    const { page, chat } = await chatting();
    chat.ask('Hi');
    const turn = chat.begin();
    chat.say(turn, 'The first half');
    await page.waitForSelector('text=The first half');
    await page.context().setOffline(true);
    await page.waitForSelector('#state:has-text("Offline")');
    await page.waitForSelector('.strip:has-text("You are offline")');
    chat.say(turn, ' and the second.');
    await page.context().setOffline(false);
    await page.waitForSelector('text=The first half and the second.');
    await page.waitForSelector('#state:has-text("Connected")');
    assert.equal(await page.locator('.strip').isVisible(), false);
    await close(page);
});

test('a lost connection counts down and comes back', async () => {
    const { page, chat } = await chatting();
    chat.refusing = true;
    chat.drop();
    await page.waitForSelector('#state:has-text("Reconnecting in")');
    await page.waitForSelector('.strip:has-text("Trying again in")');
    chat.refusing = false;
    await page.locator('button', { hasText: 'Try now' }).click();
    await page.waitForSelector('#state:has-text("Connected")');
    await close(page);
});

test('it follows the newest line only while the reader is there', async () => {
    const { page, chat } = await chatting();
    chat.ask('Hi');
    const turn = chat.begin();
    chat.say(turn, rich);
    await page.waitForSelector('.table');
    const scroll = page.locator('#scroll');
    const fromEnd = () => scroll.evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop);
    assert.ok(await fromEnd() <= 2, 'it follows');
    await page.mouse.move(800, 400);
    await page.mouse.wheel(0, -200);
    await page.waitForSelector('#jump:visible');
    const top = await scroll.evaluate((node) => node.scrollTop);
    chat.say(turn, '\n\nMore and more.\n\n'.repeat(20));
    await page.waitForSelector('#jump[data-unread="true"]');
    await drawn(page);
    assert.equal(await scroll.evaluate((node) => node.scrollTop), top, 'the reader is left alone');
    await page.locator('#jump').click();
    await page.waitForSelector('#jump', { state: 'hidden' });
    assert.ok(await fromEnd() <= 2);
    chat.say(turn, '\n\nThe end of it.');
    await page.waitForSelector('text=The end of it.');
    await drawn(page);
    assert.ok(await fromEnd() <= 2, 'it follows again');
    await close(page);
});

test('thoughts that are opened and closed stay where they are, and nothing is marked unread by it', async () => {
    const { page, chat } = await chatting({ height: 600 });
    chat.exchange('Hi', rich);
    chat.ask('Think first');
    const turn = chat.begin();
    chat.think(turn, 'A thought that takes a line of its own.\n\n'.repeat(30));
    chat.say(turn, 'A short answer.');
    await page.waitForSelector('text=A short answer.');
    await drawn(page);
    const summary = page.locator('.thoughts summary');
    const top = async () => Math.round((await summary.boundingBox()).y);
    const before = await top();
    for (const toggle of [() => summary.click(), () => summary.press('Enter')]) {
        await toggle();
        await page.waitForSelector('.thoughts-text:visible');
        await drawn(page);
        assert.equal(await top(), before, 'opened');
        const jump = page.locator('#jump');
        assert.ok(await jump.isVisible(), 'the end is out of sight');
        assert.notEqual(await jump.getAttribute('data-unread'), 'true');
        assert.equal(await jump.getAttribute('aria-label'), 'Jump to the newest message');
        await toggle();
        await page.waitForSelector('.thoughts-text', { state: 'hidden' });
        await drawn(page);
        assert.equal(await top(), before, 'closed');
        assert.equal(await jump.isVisible(), false, 'the end is in sight');
    }
    await summary.click();
    chat.say(turn, ' And there is more of it.');
    await page.waitForSelector('#jump[data-unread="true"]');
    assert.equal(await page.locator('#jump').getAttribute('aria-label'), 'Jump to the newest message, there is more to read');
    await drawn(page);
    assert.equal(await top(), before, 'the reader is left alone');
    await close(page);
});

test('only the last block is rendered again', async () => {
    const { page, chat } = await chatting();
    chat.ask('Hi');
    const turn = chat.begin();
    chat.say(turn, 'The first block.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe last');
    await page.waitForSelector('.prose > p:last-child:has-text("The last")');
    await page.evaluate(() => {
        const prose = document.querySelector('.prose');
        window.touched = [];
        window.kept = [...prose.children];
        const name = (node) => window.kept.findIndex((child) => child === node || child.contains(node));
        new MutationObserver((changes) => {
            for (const { target } of changes)
                window.touched.push(target === prose ? 'list' : name(target));
        }).observe(prose, { childList: true, characterData: true, attributes: true, subtree: true });
    });
    for (let word = 0; word < 50; ++word) {
        chat.say(turn, ` word ${word}`);
        await drawn(page);
    }
    chat.say(turn, '\n\nAnd another block.');
    await page.waitForSelector('text=And another block.');
    const { touched, same } = await page.evaluate(() => ({ touched: [...new Set(window.touched)],
        same: window.kept.every((node, index) => node === document.querySelector('.prose').children[index]) }));
    assert.ok(!touched.includes(0) && !touched.includes(1), `blocks that were touched: ${touched}`);
    assert.ok(same, 'every block is still the same element');
    await close(page);
});

for (const [name, end] of [['a carriage return', '\r'], ['a carriage return and a line feed', '\r\n']]) {
    test(`lines that end in ${name} are rendered once, too`, async () => {
        const { page, chat } = await chatting();
        chat.ask('Hi');
        const turn = chat.begin();
        chat.say(turn, `The first block.${end}${end}The second${end}${end}The last`);
        await page.waitForSelector('.prose > p:last-child:has-text("The last")');
        const watch = () => page.evaluate(() => {
            window.kept = [...document.querySelector('.prose').children];
            window.changes = 0;
            new MutationObserver(() => { ++window.changes; }).observe(document.querySelector('.prose'), { childList: true, subtree: true });
        });
        const same = () => page.evaluate(() => window.kept.every((node, index) => node === document.querySelector('.prose').children[index]));
        await watch();
        for (const part of [' goes on.\r', '\n', `${end}- a${end}- b`]) {
            chat.say(turn, part);
            await drawn(page);
        }
        assert.ok(await same(), 'while it comes');
        chat.end(turn);
        await page.waitForSelector('.answer .actions');
        await watch();
        chat.ask('And?');
        chat.say(chat.begin(), 'Something else.');
        await page.waitForSelector('text=Something else.');
        await drawn(page);
        assert.ok(await same(), 'when it is finished');
        assert.equal(await page.evaluate(() => window.changes), 0);
        await close(page);
    });
}

test('columns stand as they are aligned, and lists count from where they begin', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', '| a | b | c |\n|---|:---:|---:|\n| x | y | 2 bytes |\n\n3. three\n4. four\n');
    await page.waitForSelector('.table');
    const aligned = await page.locator('td').evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).textAlign));
    assert.deepEqual(aligned, ['start', 'center', 'end']);
    assert.equal(await page.locator('.prose ol').evaluate((list) => list.start), 3);
    await close(page);
});

test('the work of a long answer grows with its length, not with its square', async () => {
    const { page, chat } = await chatting();
    const cost = async (blocks) => {
        chat.ask('Hi');
        const turn = chat.begin();
        await answering(page);
        const session = await page.context().newCDPSession(page);
        await session.send('Performance.enable', { timeDomain: 'threadTicks' });
        const scripted = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration').value;
        const start = await scripted();
        for (let block = 0; block < blocks; ++block) {
            chat.say(turn, `Paragraph ${block} with **bold** text, a [link](https://example.org) and \`code\`. It goes on for a while.\n\n`);
            await drawn(page);
        }
        const took = await scripted() - start;
        chat.end(turn);
        await page.waitForSelector('#send[data-action="send"]');
        return took;
    };
    await cost(50); // warm
    const short = await cost(100);
    const long = await cost(400);
    assert.ok(long < short * 4 * 2, `100 blocks took ${short.toFixed(3)} s, 400 took ${long.toFixed(3)} s`);
    await close(page);
});

test('one endless block stays quick to render', async () => {
    const { page, chat } = await chatting();
    chat.ask('Hi');
    const turn = chat.begin();
    const started = Date.now();
    for (let part = 0; part < 300; ++part)
        chat.say(turn, `${part === 0 ? '```python\n' : ''}value_${part} = compute("some text", ${part})  # a comment of this line\n`.repeat(5));
    chat.say(turn, '```\n');
    chat.end(turn);
    await page.waitForSelector('.answer .actions');
    await page.waitForSelector('.hljs-number');
    assert.ok(Date.now() - started < 15_000, `${Date.now() - started} ms`);
    await close(page);
});

test('no text holds the page up, whole or as it comes', async () => {
    const { page, chat } = await chatting();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' }); // our CPU time: others may keep the machine busy
    const worked = async () => {
        const { metrics } = await session.send('Performance.getMetrics');
        return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
    };
    const took = {};
    for (const unit of ['_*a', '![', 'a* ', '*a* ', '> ', '- a\n', '# a\n\n', '[a](b', 'a@', '|a', '<br>', 'word ']) {
        const text = unit.repeat(128_000 / unit.length);
        const before = await worked();
        chat.exchange('whole', text);
        await answered(page);
        chat.ask('in parts');
        const turn = chat.begin();
        for (let at = 0; at < text.length; at += 16_000) {
            chat.say(turn, text.slice(at, at + 16_000));
            await drawn(page);
        }
        chat.end(turn);
        await page.waitForFunction(() => document.querySelectorAll('.answer .actions').length === 2);
        await drawn(page);
        took[unit] = Math.round(await worked() - before);
        chat.playNext();
        await page.locator('#new-chat').click();
        await page.waitForSelector('.suggestion');
    }
    const slow = Object.entries(took).filter(([, ms]) => ms > 5000);
    assert.deepEqual(slow, [], 'ms of work for 128,000 characters, twice');
    await close(page);
});

test('a long answer that comes whole is shown to its end, its thoughts too', async () => {
    const { page, chat } = await chatting();
    const text = `${'A paragraph with **bold** text. It goes on for a while.\n\n'.repeat(1500)}The very end.`;
    chat.ask('Hi');
    const turn = chat.begin();
    chat.think(turn, text);
    chat.say(turn, text);
    chat.end(turn);
    for (const place of ['.answer > .prose', '.thoughts .prose'])
        await page.locator(`${place} p:last-child`, { hasText: 'The very end.' }).waitFor({ state: 'attached' });
    assert.deepEqual(await page.locator('.prose').evaluateAll((nodes) => nodes.map((node) => node.querySelectorAll('p').length)), [1501, 1501]);
    const fromEnd = () => page.locator('#scroll').evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop);
    await drawn(page);
    assert.ok(await fromEnd() <= 2, 'the end is in sight');
    await close(page);
});

test('a screen reader hears the answer once, in whole sentences', async () => {
    const { page, chat } = await chatting();
    await page.evaluate(() => {
        window.heard = [];
        new MutationObserver((changes) => {
            for (const { addedNodes } of changes)
                window.heard.push(...[...addedNodes].map((node) => node.textContent));
        }).observe(document.getElementById('said-answer'), { childList: true });
    });
    chat.ask('Hi');
    const turn = chat.begin();
    const answer = 'Running water is **calm** and clear. It never stops for anyone on its way.\n\n```python\nprint("x. y.")\n```\n\nThat is all there is to say';
    for (const part of answer.match(/[\s\S]{1,3}/g))
        chat.say(turn, part);
    chat.end(turn);
    await page.waitForSelector('.answer .actions');
    chat.drop(); // a snapshot of the same must not be read again
    await page.waitForFunction(() => document.getElementById('state').dataset.phase !== 'connected');
    await page.waitForSelector('#state[data-phase="connected"]');
    await drawn(page);
    assert.deepEqual(await page.evaluate(() => window.heard), ['Running water is calm and clear.',
        'It never stops for anyone on its way.', 'Code in python. That is all there is to say']);
    const live = await page.locator('[aria-live], [role="log"], [role="alert"]').evaluateAll((nodes) => nodes.map(({ id }) => id));
    assert.deepEqual(live, ['said-answer'], 'nothing else of the page is read while it changes');
    await close(page);
});

test('the answer of a second conversation is drawn and said, though its ids are those of the first', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', 'Short, and said as a whole.');
    await page.waitForSelector('.answer .actions');
    chat.playNext();
    await page.locator('#new-chat').click();
    await page.waitForSelector('.suggestion');
    await page.waitForSelector('html[data-ready="true"]');
    chat.ask('Hi again');
    const turn = chat.begin();
    for (const part of ['This answer is longer than ', 'that of the first conversation. ', 'It has two sentences.'])
        chat.say(turn, part);
    chat.end(turn);
    await page.waitForSelector('text=It has two sentences.');
    const said = await page.locator('#said-answer p').allTextContents();
    assert.deepEqual(said.slice(-2), ['This answer is longer than that of the first conversation.', 'It has two sentences.']);
    await close(page);
});

test('the whole page can be used by keyboard', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', 'Look:\n\n```js\nlet x;\n```\n');
    await page.waitForSelector('.answer .actions');
    await page.locator('.skip').focus();
    const names = ['Skip to the message box'];
    for (let step = 0; step < 40; ++step) {
        await page.keyboard.press('Tab');
        const { name, visible, isBody } = await page.evaluate(() => {
            const node = document.activeElement;
            const style = getComputedStyle(node);
            const ring = style.outlineStyle !== 'none' || node.id === 'composer-text';
            return { name: node.id || node.getAttribute('aria-label') || node.textContent.trim(), visible: ring, isBody: node === document.body };
        });
        if (isBody || name === names[0]) // the round is complete
            break;
        assert.ok(visible, `the focus on ${name} can be seen`);
        names.push(name);
    }
    for (const wanted of ['rename', 'Agent: default', 'clear', 'theme', 'new-chat', 'search', 'scroll', 'Copy code, js', 'Code, js',
        'Copy answer', 'composer-text'])
        assert.ok(names.includes(wanted), `${wanted} is reached: ${names.join(', ')}`);

    await page.locator('.agent-button:visible').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.match(await page.locator('.agent-button:visible').textContent(), /coder/);
    assert.ok(await page.locator('.agent-button:visible').evaluate((node) => node === document.activeElement));

    await page.locator('#rename').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Renamed by keyboard');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#rename').textContent(), 'Renamed by keyboard');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Not kept');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#rename').textContent(), 'Renamed by keyboard');
    await close(page);
});

test('copying gives the Markdown of an answer and the plain text of a code block', async () => {
    const { page, chat } = await chatting({ permissions: ['clipboard-read', 'clipboard-write'] });
    chat.exchange('Hi', 'A **bold** word.\n\n```js\nlet x = 1;\n```\n');
    await page.locator('button[aria-label="Copy code, js"]').click();
    await page.waitForSelector('text=Copied');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'let x = 1;');
    await page.locator('button[aria-label="Copy answer"]').click();
    await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.startsWith('A **bold**')));
    await close(page);
});

test('the theme follows the system, and a choice is remembered', async () => {
    const { page } = await chatting({ scheme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(await ground(), 'rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.equal(await ground(), 'rgb(15, 20, 24)');
    await page.locator('#theme').click();
    assert.equal(await ground(), 'rgb(255, 255, 255)', 'light was chosen');
    await page.reload();
    assert.equal(await ground(), 'rgb(255, 255, 255)', 'and remembered');
    await close(page);
});

test('new chat, the list, search, clear and undo', async () => {
    const { page, chat } = await chatting();
    chat.exchange('The first question', 'Hello.');
    await page.waitForSelector('.conversation:has-text("The first question")');
    await page.locator('#new-chat').click();
    await page.waitForSelector('text=What would you like to know?');
    await write(page, 'Another one');
    await page.waitForSelector('.conversation:has-text("Another one")');
    assert.equal(await page.locator('.conversation').count(), 2);
    await page.locator('#search').fill('FIRST');
    await page.waitForSelector('text=Found');
    assert.equal(await page.locator('.conversation').count(), 1);
    await page.locator('#search').fill('nothing like it');
    await page.waitForSelector('text=Nothing found for “nothing like it”.');
    await page.locator('#search').fill('');
    await page.locator('.conversation-open', { hasText: 'The first question' }).click();
    await page.waitForSelector('text=Hello.');
    await page.locator('#clear').click();
    await page.waitForSelector('text=What would you like to know?');
    assert.equal(await page.locator('.conversation', { hasText: 'The first question' }).count(), 0);
    await page.locator('#toast button', { hasText: 'Undo' }).click();
    await page.waitForSelector('text=Hello.');
    await page.waitForSelector('.conversation:has-text("The first question")'); // the list is another request
    assert.equal(await page.locator('.conversation', { hasText: 'The first question' }).count(), 1);
    await close(page);
});

test('"Clear chat" and its Undo leave the composer as it is', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', 'Hello.');
    await page.waitForSelector('text=Hello.');
    const text = page.locator('#composer-text');
    await text.fill('half a thought');
    await page.locator('#clear').click();
    await page.waitForSelector('text=What would you like to know?');
    assert.equal(await text.inputValue(), 'half a thought');
    await text.fill('half a thought and more');
    await page.locator('#toast button', { hasText: 'Undo' }).click();
    await page.waitForSelector('text=Hello.');
    assert.equal(await text.inputValue(), 'half a thought and more');
    await page.locator('#clear').click();
    await page.waitForSelector('text=What would you like to know?');
    await page.reload();
    await page.waitForSelector('text=What would you like to know?');
    assert.equal(await text.inputValue(), 'half a thought and more', 'it is the draft of the new chat');
    await page.locator('#new-chat').click();
    assert.equal(await text.inputValue(), '');
    await close(page);
});

test('Undo of "Clear chat" takes the draft of the new chat, whatever is open by then', async () => {
    const { page, chat } = await chatting();
    chat.exchange('The first question', 'The first answer.');
    await page.waitForSelector('text=The first answer.');
    await page.locator('#new-chat').click();
    await write(page, 'Another one');
    await page.waitForSelector('.conversation:has-text("Another one")');
    const text = page.locator('#composer-text');
    await text.fill('for the other one');
    await page.locator('.conversation-open', { hasText: 'The first question' }).click();
    await page.waitForSelector('text=The first answer.');
    await text.fill('for the first one');
    await page.locator('#clear').click();
    await page.waitForSelector('text=What would you like to know?');
    await page.locator('.conversation-open', { hasText: 'Another one' }).click();
    assert.equal(await text.inputValue(), 'for the other one');
    await page.locator('#toast button', { hasText: 'Undo' }).click();
    await page.waitForSelector('.answer:has-text("The first answer.")');
    assert.equal(await text.inputValue(), 'for the first one');
    await page.locator('.conversation-open', { hasText: 'Another one' }).click();
    assert.equal(await text.inputValue(), 'for the other one', 'it kept its own');
    await close(page);
});

test('a conversation that came back by Undo is said to be lost, when it is', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', 'Hello.');
    await page.waitForSelector('text=Hello.');
    await page.locator('#clear').click();
    await page.locator('#toast button', { hasText: 'Undo' }).click();
    await page.waitForSelector('text=Hello.');
    await drawn(page);
    chat.forget();
    await page.reload();
    await page.locator('#strip', { hasText: 'The server no longer has this conversation' }).waitFor();
    await close(page);
});

test('titles read in their own direction, in the header and in the list', async () => {
    const { page, chat } = await chatting();
    chat.exchange('שלום, מה שלומך?', 'שלום.');
    await page.waitForSelector('.conversation-open:has-text("שלום")');
    const direction = (selector) => page.locator(selector).evaluate((node) => getComputedStyle(node).direction);
    for (const selector of ['#rename', '.conversation-title'])
        assert.equal(await direction(selector), 'rtl', selector);
    await page.locator('#rename').click();
    assert.equal(await direction('.title-input'), 'rtl');
    await page.locator('.title-input').fill('An English title');
    await page.keyboard.press('Enter');
    for (const selector of ['#rename', '.conversation-title'])
        assert.equal(await direction(selector), 'ltr', selector);
    await close(page);
});

test('what is touched is as large as a finger', async () => {
    const { page, chat } = await chatting({ width: 400, height: 700, hasTouch: true, isMobile: true });
    chat.ask('Hi');
    const turn = chat.begin();
    chat.think(turn, 'A thought.');
    chat.say(turn, 'An answer.');
    chat.end(turn);
    await page.waitForSelector('.answer .actions');
    assert.ok((await page.locator('.thoughts summary').boundingBox()).height >= 44);
    await close(page);
});

test('the drawer of a narrow page opens, closes by Escape and gives the focus back', async () => {
    const { page } = await chatting({ width: 400, height: 700 });
    assert.equal(await page.locator('#new-chat').isVisible(), false);
    await page.locator('#menu').click();
    await page.waitForSelector('#new-chat:visible');
    assert.equal(await page.locator('#main').evaluate((node) => node.inert), true);
    await page.keyboard.press('Escape');
    await page.waitForSelector('#new-chat', { state: 'hidden' });
    assert.ok(await page.locator('#menu').evaluate((node) => node === document.activeElement));
    await close(page);
});

test('a conversation that the server has lost is said to be lost', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', 'Hello.');
    await page.waitForSelector('text=Hello.');
    chat.forget();
    chat.drop();
    const lost = page.locator('#strip', { hasText: 'The server no longer has this conversation' });
    await lost.waitFor();
    await page.waitForSelector('text=What would you like to know?');
    await page.reload();
    await lost.waitFor();
    await write(page, 'Anew');
    chat.exchange('Anew', 'As you like.', { id: (await chat.next(isMessage)).id });
    await page.waitForSelector('text=As you like.');
    assert.ok(await lost.isVisible(), 'until the person has taken note');
    await lost.locator('button').click();
    await lost.waitFor({ state: 'hidden' });
    await page.reload();
    await page.waitForSelector('text=As you like.');
    assert.equal(await lost.isVisible(), false);
    await close(page);
});

test('a lost conversation is said to be lost when it is opened, a new one is not', async () => {
    const { page, chat } = await chatting();
    chat.exchange('Hi', 'Hello.');
    await page.waitForSelector('text=Hello.');
    chat.playNext();
    await page.locator('#new-chat').click();
    await page.waitForSelector('text=What would you like to know?');
    assert.equal(await page.locator('#strip').isVisible(), false);
    const lost = page.locator('#strip', { hasText: 'The server no longer has this conversation' });
    await page.locator('.conversation-open', { hasText: 'Hi' }).click();
    await lost.waitFor();
    await lost.locator('button').click();
    await page.reload();
    await page.waitForSelector('text=What would you like to know?');
    await drawn(page);
    assert.equal(await lost.isVisible(), false, 'it was taken note of');
    await close(page);
});

test('a conversation that another took the place of is shown anew, though its ids are the same', async () => {
    const { page, chat } = await chatting();
    chat.exchange('The old question', 'The old answer.', { at: '2026-11-23T06:00:00.000Z' });
    await page.waitForSelector('text=The old answer.');
    const other = await new ScriptedChat().attach(page);
    other.exchange('The new question', 'The new answer.', { at: '2026-11-23T07:00:00.000Z' });
    chat.drop();
    await page.waitForSelector('text=The new answer.');
    assert.deepEqual(await page.locator('.bubble').allTextContents(), ['The new question']);
    await close(page);
});

test('without storage, clipboard and randomUUID the page still chats', async () => {
    const page = await newPage(browser);
    await page.addInitScript(() => {
        const forbidden = { get() { throw new DOMException('denied', 'SecurityError'); } };
        Object.defineProperty(window, 'localStorage', forbidden);
        Object.defineProperty(window, 'sessionStorage', forbidden);
        Object.defineProperty(crypto, 'randomUUID', { value: undefined });
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    const chat = await new ScriptedChat().attach(page);
    await open(page, server.url);
    await write(page, 'Hi');
    await chat.next(isMessage);
    chat.exchange('Hi', 'Hello.');
    await page.locator('button[aria-label="Copy answer"]').click();
    await page.waitForSelector('#said-status:has-text("Copied.")', { state: 'attached' });
    await close(page);
});

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute('aria-label')
    || document.activeElement.textContent || document.activeElement.nodeName);

test('after Stop the focus is in the composer', async () => {
    const { page, chat } = await chatting();
    chat.ask('Hi');
    const turn = chat.begin();
    await answering(page);
    await page.locator('#send').focus();
    await page.keyboard.press('Enter');
    await chat.next(({ type }) => type === 'stop');
    chat.end(turn, 'stopped');
    await answered(page);
    assert.equal(await focused(page), 'composer-text');
    await close(page);
});

test('when an answer ends while the focus is on Stop, it goes to the composer', async () => {
    const { page, chat } = await chatting();
    chat.ask('Hi');
    const turn = chat.begin();
    await answering(page);
    await page.locator('#send').focus();
    chat.end(turn);
    await answered(page);
    await drawn(page);
    assert.equal(await focused(page), 'composer-text');
    await close(page);
});

test('after "Try now" and after a notice is hidden the focus is in the composer', async () => {
    const { page, chat } = await chatting({ demo: true });
    chat.refusing = true;
    chat.drop();
    await page.locator('button', { hasText: 'Try now' }).focus();
    chat.refusing = false;
    await page.keyboard.press('Enter');
    await page.waitForSelector('#state:has-text("Connected")');
    await drawn(page);
    assert.equal(await focused(page), 'composer-text');

    chat.sendRaw('{"type":"error","code":"bad_frame","error":"That made no sense."}');
    await page.waitForSelector('#strip:has-text("That made no sense.")'); // before that a button of what was said last may stand there, hidden
    await page.locator('#strip button').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#strip', { state: 'hidden' });
    assert.equal(await focused(page), 'composer-text');

    await page.locator('#demo-close').focus();
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'composer-text');
    await close(page);
});

test('a button that goes with its message gives the focus to the composer', async () => {
    const { page, chat } = await chatting();
    chat.refusing = true;
    chat.drop();
    await page.waitForSelector('#state:has-text("Reconnecting")');
    await write(page, 'Never mind');
    await page.locator('button[aria-label="Remove this message"]').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.queued', { state: 'detached' });
    assert.equal(await focused(page), 'composer-text');
    await close(page);
});

test('where fingers point no keyboard is opened by it', async () => {
    const { page, chat } = await chatting({ width: 400, height: 700, hasTouch: true, isMobile: true });
    chat.ask('Hi');
    chat.begin();
    await answering(page);
    await page.locator('#send').tap();
    await chat.next(({ type }) => type === 'stop');
    assert.equal(await focused(page), 'scroll');
    await close(page);
});

test('a toast stays while the focus is on its button, and gives it to the composer', async () => {
    const { page, chat } = await chatting();
    await page.clock.install();
    chat.exchange('Hi', 'Hello.');
    await page.waitForSelector('text=Hello.');
    await page.locator('#clear').click();
    await page.locator('#toast button').focus();
    await page.mouse.move(0, 0);
    await page.clock.fastForward(20_000);
    assert.equal(await focused(page), 'Undo');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Hello.');
    assert.equal(await focused(page), 'composer-text');
    await page.locator('#clear').click();
    await page.waitForSelector('#toast:visible');
    await page.mouse.move(0, 0);
    await page.clock.fastForward(11_000);
    await page.waitForSelector('#toast', { state: 'hidden' });
    await close(page);
});

test('under reduced motion nothing moves', async () => {
    const { page, chat } = await chatting({ reducedMotion: 'reduce' });
    chat.ask('Hi');
    chat.begin();
    await page.waitForSelector('.pulse');
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    await close(page);
});
