import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlockSplitter } from '../../frontend/js/blocks.js';
import { safeUrl } from '../../frontend/js/links.js';
import { createRenderer } from '../../frontend/js/renderer.js';
import { assertLinear } from './cost.mjs';
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

// One line (or a few) of 64 to 200 KB, made of one unit: what costs a parser the square of its length.
const units = ['[', '![', '[![', '*a ', '**a ', '***a', '_', '_*a', 'a_', 'a*', '*_', '`', '`a', '` ', '``a` ', '<', '<a ', '<a@',
    '<http:', '<!--', '~~', '~~a ', '\\', '\\a', '&', '&amp;', '!', 'a!', 'http', 'https', 'http://a.', 'http://a ', 'www.', 'a@a.', 'a@',
    'a.', '((((', '[a](', '[a](b', '[[a]', '](', '[a][', '|', '| a ', 'a', ' ', '- ', '+ ', '1. ', '> ', '# ', '=', '```', '~~~', '"', '-\n',
    '- a\n', '+ ?\n.*', '1. b \n/', '> a\n', 'a\n', '> _\n\n*', '|a|b|\n', '[a]: b\n', '* a\n\n', '`\n\n', '<br>', '*a* ', '`a` '];
const fill = (part) => (size) => part.repeat(Math.round(size / part.length));
const shapes = {
    ...Object.fromEntries(units.map((unit) => [unit, (size) => unit.repeat(size / unit.length)])),
    'quotes, each in the one before': (size) => Array.from({ length: Math.sqrt(size) }, (_, depth) => `${'> '.repeat(depth)}a\n`).join(''),
    'lists, each in the one before': (size) => Array.from({ length: Math.sqrt(size) }, (_, depth) => `${'  '.repeat(depth)}- a\n`).join(''),
    'quotes that end in a list that goes on': (size) => '> - a\nb\n'.repeat(size / 8),
    'a wide table': (size) => ['|a', '|-', '|b'].map((cell) => `${cell.repeat(size / 6)}|\n`).join(''),
    'a long table': (size) => `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(size / 6)}`,
    'tables, each ended by a quote': fill(`${'|a|\n|-|\n>\n'.repeat(1490)}\n`),
    'tables, each ended by a tag': fill(`${'|a|\n|-|\n<p>\n'.repeat(1490)}\n`),
    'lists, each ended by a rule': fill(`${'- a\n***\n'.repeat(990)}# x\n`),
    'lists, each ended by a rule that is indented': fill(`${'- a\n ***\n'.repeat(990)}# x\n`),
    'paragraphs of signs': fill(`${'_*a'.repeat(100)}\n\n`),
    'items of signs': fill(`- ${'_*a'.repeat(60)}\n`),
    'code spans of all lengths': (size) => Array.from({ length: Math.sqrt(size) }, (_, length) => '`'.repeat(length)).join(' '),
};

for (const [name, make] of Object.entries(shapes)) {
    test(`four times as much of ${JSON.stringify(name)} takes four times as long, not sixteen`, () => {
        const long = assertLinear((size) => {
            const text = make(size);
            return () => html(text);
        });
        assert.ok(long < 1000, `${long.toFixed(1)} ms`); // ten times what it is on a slow machine
    });
}

test('text that is cut short in its formatting is all there', () => {
    for (const unit of ['_*a', 'a* ', '[a](b', '> ']) {
        const text = unit.repeat(60_000 / unit.length);
        const shown = html(text).replace(/<[^>]*>/g, '').replace(/\s/g, '');
        assert.ok(shown.length > 0.3 * text.replace(/[\s>]/g, '').length, unit);
    }
    assert.match(html('- a\n'.repeat(5000)), /^<pre><code>(- a\n){5000}<\/code><\/pre>/);
    assert.match(html(`- a\n\`\`\`\n${'b\n'.repeat(5000)}\`\`\`\n`), /^<ul>\n<li>a<\/li>\n<\/ul>\n<pre>/, 'a list before long code is one');
});

test('ordinary Markdown, much of it, is formatted to its end', () => {
    const line = 'A **bold** word, an *accented* one, `code` and [a link](https://example.org/a_b?c=d#e) in a sentence. ';
    const count = (text, pattern) => text.match(pattern)?.length ?? 0;
    const blocks = html(`${line}\n\n- ${line}\n- ${line}\n\n> ${line}\n\n| a | b |\n|---|---|\n| ${line} | ${line} |\n\n`.repeat(100));
    assert.equal(count(blocks, /<strong>/g), 600);
    assert.equal(count(blocks, /<a /g), 600);
    const oneParagraph = html(line.repeat(60)); // 6 KB without a break
    assert.equal(count(oneParagraph, /<a /g), 60);
    assert.equal(count(html(`${line}\n`.repeat(400)), /<a /g), 400, 'lines of one paragraph, 40 KB');
});

const dense = '**bold** _and_ `code` [a](b) *_~~x~~_* ';
const streams = {
    'a text of many signs, in paragraphs': `${dense.repeat(20)}\n\n`.repeat(40),
    'a text of many signs, in one paragraph': `${dense.repeat(20)}\n`.repeat(20),
    'a text of many signs, in a list and a quote': `- ${dense.repeat(10)}\n- ${dense}\n\n> ${dense.repeat(30)}\n\n`.repeat(20),
    'signs that are too many': `${'_*a'.repeat(400)}\n\n`.repeat(20),
    'a list that is too long': `${'- a\n'.repeat(2100)}\n# x\n\n${dense}\n`,
    'short lists and tables, too many for one': `${'- a\n***\n'.repeat(1100)}# x\n${'|a|\n|-|\n>\n'.repeat(3100)}`,
};
for (const [name, text] of Object.entries(streams)) {
    test(`${name}: it looks the same as it comes and read as a whole`, () => {
        const splitter = new BlockSplitter(renderer.createLex());
        let streamed = '';
        for (let end = 500; end < text.length + 500; end += 500)
            streamed += renderer.toHtml(splitter.update(text.slice(0, end)).closed, 1);
        streamed += renderer.toHtml(splitter.finish(), 1);
        assert.equal(streamed, html(text));
    });
}

test('a line break in a table cell is the one tag that is kept', () => {
    assert.match(html('| a |\n|---|\n| x<br>y |\n'), /<td>x<br>y<\/td>/);
});

test('the first heading of an answer stands right below that of its message', () => {
    const tokens = renderer.createLex()('### Deep\n\n#### Deeper\n\n# Up\n');
    assert.equal(renderer.toHtml(tokens, 3), '<h3>Deep</h3>\n<h4>Deeper</h4>\n<h3>Up</h3>\n');
});
