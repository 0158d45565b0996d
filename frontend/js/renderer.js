// How marked is set up: no raw HTML, no images, only safe links. Given marked's module, so that tests without a
// browser use the same set-up.

import { boundedLexer, boundedTokenizer } from './bounds.js';
import { escapeHtml, safeUrl } from './links.js';

export function createRenderer({ Marked, Lexer, Parser }) {
    let firstHeading = 1; // depth of the answer's first heading; that one becomes h3, below the message's own h2

    const marked = new Marked({
        gfm: true,
        breaks: false,
        tokenizer: {
            ...boundedTokenizer,
            html() {}, // finds nothing: a tag is text like any other
            tag(src) {
                const lineBreak = /^<br ?\/?>/i.exec(src); // models write it in table cells, and it does no harm
                return lineBreak ? { type: 'br', raw: lineBreak[0] } : undefined;
            },
        },
        renderer: {
            heading({ tokens, depth }) {
                const level = Math.min(6, 3 + Math.max(0, depth - firstHeading));
                return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
            },
            link({ href, title, tokens }) {
                const text = this.parser.parseInline(tokens);
                const url = safeUrl(href);
                return url ? `<a href="${escapeHtml(url)}"${titleAttribute(title)}>${text}</a>` : text;
            },
            image({ href, title, text }) {
                const url = safeUrl(href);
                const label = escapeHtml(text || 'no description');
                return url ? `<a href="${escapeHtml(url)}"${titleAttribute(title)}>Image: ${label}</a>` : `Image: ${label}`;
            },
            checkbox({ checked }) {
                return checked ? '☑ ' : '☐ ';
            },
            html({ text }) {
                return escapeHtml(text);
            },
        },
    });

    const BoundedLexer = boundedLexer(Lexer);

    return {
        // A lexer for one text: it remembers link definitions, so that later blocks find them.
        createLex() {
            const links = Object.create(null);
            const lex = (text) => {
                const lexer = new BoundedLexer(marked.defaults);
                lexer.tokens.links = links;
                return lexer.lex(text);
            };
            lex.links = links;
            return lex;
        },
        toHtml(tokens, heading) {
            firstHeading = heading;
            return Parser.parse(tokens, marked.defaults);
        },
    };
}

function titleAttribute(title) {
    return title ? ` title="${escapeHtml(title)}"` : '';
}
