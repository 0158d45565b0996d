import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlockSplitter } from '../../frontend/js/blocks.js';
import { safeUrl } from '../../frontend/js/links.js';
import { createRenderer } from '../../frontend/js/renderer.js';
import { served } from './golden.mjs';

const renderer = createRenderer(await served('vendor/marked/marked.esm.js'));
const html = (text) => renderer.toHtml(renderer.createLex()(text), 1);

const answer = `Quantum computing uses *very small things*.

## Three ideas

1. **Superposition.** A qubit holds a mix.

   With a second paragraph.
2. **Entanglement.**
   - nested
   - list

> A quote
> of two lines
lazily continued

\`\`\`python
def f(x):

    return x  # with an empty line above
\`\`\`

| Task | Time |
|---|---:|
| One | 1,000 |
| Two | 2 |

Setext
------

    indented code

    goes on

- a

2. a list after a list
---
~~~
open fence
# no heading
`;

// The text of every block, as an incremental reader and as one look at the whole see it.
const outline = (tokens) => tokens.filter(({ type }) => type !== 'space').map(({ type, raw }) => [type, raw.trim()]);

for (const size of [1, 2, 3, 7, 50]) {
    test(`blocks found in steps of ${size} are the blocks of the whole text`, () => {
        const splitter = new BlockSplitter(renderer.createLex());
        const found = [];
        for (let end = size; end < answer.length + size; end += size)
            found.push(...splitter.update(answer.slice(0, end)).closed);
        found.push(...splitter.finish());
        assert.deepEqual(outline(found), outline(renderer.createLex()(answer)));
    });
}

test('a closed block is given out once, and only the open one again', () => {
    const splitter = new BlockSplitter(renderer.createLex());
    assert.deepEqual(splitter.update('One\n').closed, []);
    assert.deepEqual(splitter.update('One\n\nTw').closed, [], 'the second block has no whole line yet');
    const { closed, open } = splitter.update('One\n\nTwo\n');
    assert.deepEqual(outline(closed), [['paragraph', 'One']]);
    assert.deepEqual(outline(open), [['paragraph', 'Two']]);
    assert.deepEqual(splitter.update('One\n\nTwo\nmore').closed, []);
});

test('the text that is parsed again does not grow with the answer', () => {
    let parsed = 0;
    const lex = renderer.createLex();
    const splitter = new BlockSplitter((text) => {
        parsed += text.length;
        return lex(text);
    });
    const text = 'A paragraph of some forty characters here.\n\n'.repeat(500);
    let calls = 0;
    for (let end = 20; end <= text.length; end += 20, ++calls)
        splitter.update(text.slice(0, end));
    assert.ok(parsed / calls < 300, `${Math.round(parsed / calls)} characters a step, of ${text.length}`);
});

test('money is text', () => {
    assert.equal(html('It costs $5 and $10.'), '<p>It costs $5 and $10.</p>\n');
    assert.equal(html('$$x$$'), '<p>$$x$$</p>\n');
});

const attacks = {
    'a script': '<script>alert(1)</script>',
    'an image with a handler': '<img src=x onerror=alert(1)>',
    'an image in a block': '<div>\n<img src=x onerror=alert(1)>\n</div>',
    'an SVG': '<svg onload=alert(1)>',
    'an iframe': '<iframe src="javascript:alert(1)"></iframe>',
    'a comment': '<!-- --><b onclick=alert(1)>x</b>',
    'a style': '<style>*{display:none}</style>',
    'a form': '<form action="https://evil.example"><input></form>',
    'a script link': '[x](javascript:alert(1))',
    'a script link with a newline entity': '[x](java&#10;script:alert(1))',
    'a script link with a tab': '[x](java\tscript:alert(1))',
    'a script link in capitals': '[x](JaVaScRiPt:alert(1))',
    'a data link': '[x](data:text/html;base64,PHNjcmlwdD4=)',
    'a link by reference': '[x]\n\n[x]: javascript:alert(1)',
    'an automatic link': '<javascript:alert(1)>',
    'a title that ends its attribute': '[x](https://a.example "\\" onmouseover=\\"alert(1)")',
    'an address that ends its attribute': '[x](https://a.example/"onmouseover="alert(1))',
    'an image': '![x](https://evil.example/pixel.png)',
    'an image in a link': '[![x](https://evil.example/p.png)](javascript:alert(1))',
    'an image whose text is HTML': '![<img src=x onerror=alert(1)>](https://a.example)',
    'code with a language that is HTML': '```"><img src=x onerror=alert(1)>\nx\n```',
};
for (const [name, text] of Object.entries(attacks)) {
    test(`${name} does nothing, even before it is sanitized`, () => {
        const tags = html(text).match(/<[^>]*>/g) ?? [];
        for (const tag of tags) {
            assert.match(tag, /^<\/?(?:p|a|pre|code|br|ul|li|em|strong)(?:\s|>)/i, tag);
            assert.doesNotMatch(tag.replace(/"[^"]*"/g, '""'), /\son\w+\s*=|style\s*=/i, tag);
            assert.doesNotMatch(tag, /(?:href|src)="(?!https?:|mailto:)/i, tag);
        }
    });
}

test('links may go to http, https and mailto, and nowhere else', () => {
    for (const good of ['https://a.example/x?y=1#z', 'http://a.example', 'mailto:a@b.example', 'HTTPS://A.EXAMPLE'])
        assert.equal(safeUrl(good), good);
    for (const bad of ['javascript:alert(1)', ' javascript:alert(1)', 'java\nscript:x', 'vbscript:x', 'data:text/html,x',
        'file:///etc/passwd', '//evil.example', '/relative', '#x', '', null, undefined, 'blob:https://a.example/1', 'https:evil'])
        assert.equal(safeUrl(bad), '', String(bad));
});

test('a line break in a table cell is the one tag that is kept', () => {
    assert.match(html('| a |\n|---|\n| x<br>y |\n'), /<td>x<br>y<\/td>/);
});

test('the first heading of an answer stands right below that of its message', () => {
    const tokens = renderer.createLex()('### Deep\n\n#### Deeper\n\n# Up\n');
    assert.equal(renderer.toHtml(tokens, 3), '<h3>Deep</h3>\n<h4>Deeper</h4>\n<h3>Up</h3>\n');
});
