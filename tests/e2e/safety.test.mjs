// What a model may write cannot do anything in the page: no script, no request, no address but http, https and mailto.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { close, drawn, launch, newPage, open } from './browser.mjs';
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

const attacks = {
    'script elements': '<script>window.hacked = 1</script>\n\n<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
    'handlers': '<img src=x onerror="window.hacked=1"> <svg onload="window.hacked=1"> <body onload="window.hacked=1">',
    'blocks of HTML': '<div onmouseover="window.hacked=1">\n\n**bold**\n\n</div>\n<iframe src="https://evil.example/frame"></iframe>',
    'frames and objects': '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe><object data="https://evil.example/o"></object><embed src="https://evil.example/e">',
    'styles': '<style>body{display:none}</style><link rel=stylesheet href=https://evil.example/s.css><p style="position:fixed;inset:0">x</p>',
    'forms': '<form action="https://evil.example/f"><input name=password><button>Log in</button></form>',
    'base and meta': '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/m">',
    'script links': '[a](javascript:window.hacked=1) [b](JaVaScRiPt:window.hacked=1) [c](java&#10;script:window.hacked=1) [d](&#106;avascript:window.hacked=1) <javascript:window.hacked=1>',
    'other schemes': '[a](data:text/html,<script>1</script>) [b](vbscript:x) [c](file:///etc/passwd) [d](blob:x) [e](//evil.example/x) [f](/api/x)',
    'references': '[a][1] and [1]\n\n[1]: javascript:window.hacked=1',
    'remote images': '![x](https://evil.example/pixel.png) ![y](http://evil.example/y.gif "title") <img src=https://evil.example/z.png>\n\n![z][p]\n\n[p]: https://evil.example/p.png',
    'images in links': '[![x](https://evil.example/in.png)](javascript:window.hacked=1)',
    'attributes that end early': '[x](https://a.example "\\" onmouseover=\\"window.hacked=1") [y](<https://a.example/" onclick="window.hacked=1>)',
    'languages of code': '```"><img src=x onerror=window.hacked=1>\ncode\n```\n\n```html\n<img src=x onerror=window.hacked=1>\n```',
    'inline code': '`<img src=x onerror=window.hacked=1>`',
    'tables': '| <img src=x onerror=window.hacked=1> | [x](javascript:window.hacked=1) |\n|---|---|\n| <script>window.hacked=1</script> | ok |',
    'mutation of nested tags': '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.hacked=1&gt;">',
    'a name that shadows': '<img name=getElementById><form id=messages><input id=composer-text></form>',
};

for (const [name, text] of Object.entries(attacks)) {
    test(`${name} do nothing, whole or in pieces`, async () => {
        const page = await newPage(browser);
        const requests = [];
        page.on('request', (request) => requests.push(request.url()));
        page.on('popup', () => requests.push('a popup'));
        const chat = await new ScriptedChat().attach(page);
        await open(page, server.url);
        chat.exchange(text, text);
        chat.ask('again');
        const turn = chat.begin();
        for (const part of text.match(/[\s\S]{1,4}/g)) {
            chat.say(turn, part);
            await drawn(page);
        }
        chat.think(turn, text);
        chat.end(turn);
        await page.waitForFunction(() => document.querySelectorAll('.answer .actions').length === 2);
        const found = await page.evaluate(() => ({
            hacked: window.hacked,
            elements: [...document.querySelectorAll('.message :is(script, style, iframe, object, embed, form, input, img, link, meta, base, math)')].map(({ outerHTML }) => outerHTML),
            handlers: [...document.querySelectorAll('.message *')].flatMap((node) => [...node.attributes].filter(({ name }) => /^on|^style$|^src/.test(name)).map(({ name }) => `${node.nodeName} ${name}`)),
            links: [...document.querySelectorAll('.message a')].map((link) => ({ href: link.getAttribute('href'), rel: link.rel })),
            composers: document.querySelectorAll('#composer-text').length,
        }));
        assert.equal(found.hacked, undefined);
        assert.deepEqual(found.elements, []);
        assert.deepEqual(found.handlers, []);
        for (const { href, rel } of found.links) {
            assert.match(href, /^(?:https?:\/\/|mailto:)/);
            assert.equal(rel, 'noopener noreferrer nofollow');
        }
        assert.equal(found.composers, 1);
        assert.deepEqual(requests.filter((url) => !url.startsWith(server.url.replace(/\/$/, ''))), [], 'no request left for anywhere else');
        await close(page);
    });
}

test('an image is shown as a link that says so', async () => {
    const page = await newPage(browser);
    const chat = await new ScriptedChat().attach(page);
    await open(page, server.url);
    chat.exchange('Hi', '![A map of the river](https://maps.example/river.png)');
    const link = page.locator('.answer a');
    await link.waitFor();
    assert.equal(await link.textContent(), 'Image: A map of the river');
    assert.equal(await link.getAttribute('href'), 'https://maps.example/river.png');
    await close(page);
});

test('money is no formula', async () => {
    const page = await newPage(browser);
    const chat = await new ScriptedChat().attach(page);
    await open(page, server.url);
    chat.exchange('Hi', 'It costs $5 and $10.');
    await page.waitForSelector('.answer p:has-text("It costs $5 and $10.")');
    assert.equal(await page.locator('.answer p').first().innerHTML(), 'It costs $5 and $10.');
    await close(page);
});

test('frames that make no sense change nothing', async () => {
    const page = await newPage(browser);
    const chat = await new ScriptedChat().attach(page);
    await open(page, server.url);
    for (const text of ['', 'hello', '[]', 'null', '{"type":5}', '{"type":"chunk"}', '{"type":"snapshot","seq":1,"messages":[{}],"active":null}',
        '{"type":"hologram","seq":1}', '{"type":"__proto__","seq":2}', '{"type":"chunk","seq":3,"turn":"nobody","content":"x","agent":"a"}'])
        chat.sendRaw(text);
    await drawn(page);
    await page.waitForSelector('text=What would you like to know?');
    await close(page);
});

test('the policy that the page is served with allows no inline script, no inline style and no other host', async () => {
    const page = await newPage(browser);
    const response = await page.goto(server.url);
    const policy = response.headers()['content-security-policy'];
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe-(?:inline|eval)|\*|https:/);
    const run = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.hacked = 1';
        document.body.append(script);
        return window.hacked;
    });
    assert.equal(run, undefined);
    page.faults = page.faults.filter((fault) => !/Content Security Policy/.test(fault));
    await close(page);
});
