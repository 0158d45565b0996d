// Makes a shown node like a freshly rendered one by the smallest change: a text that grew is appended to, an element
// that did not change stays the same element. So a selection, a scrolled table and the focus survive the next chunk.

import { codeLanguage, codeText, isCodeBlock, updateCodeBlock } from './codeblock.js';

// The node that stands there afterwards: `old` itself or `fresh`.
export function patch(old, fresh) {
    if (old.nodeType === Node.TEXT_NODE && fresh.nodeType === Node.TEXT_NODE) {
        patchText(old, fresh.data);
        return old;
    }
    if (isCodeBlock(old) && isCodeBlock(fresh) && codeLanguage(old) === codeLanguage(fresh)) {
        updateCodeBlock(old, codeText(fresh), true);
        return old;
    }
    if (old.nodeName !== fresh.nodeName || isCodeBlock(old) || isCodeBlock(fresh)) {
        old.replaceWith(fresh);
        return fresh;
    }
    patchAttributes(old, fresh);
    patchChildren(old, fresh);
    return old;
}

function patchText(node, text) {
    if (node.data === text)
        return;
    if (text.startsWith(node.data))
        node.appendData(text.slice(node.data.length));
    else
        node.data = text;
}

function patchAttributes(old, fresh) {
    for (const { name } of [...old.attributes]) {
        if (!fresh.hasAttribute(name))
            old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
        if (old.getAttribute(name) !== value)
            old.setAttribute(name, value);
    }
}

function patchChildren(old, fresh) {
    const oldNodes = [...old.childNodes];
    const freshNodes = [...fresh.childNodes];
    freshNodes.forEach((node, index) => {
        if (index < oldNodes.length)
            patch(oldNodes[index], node);
        else
            old.append(node);
    });
    for (const node of oldNodes.slice(freshNodes.length))
        node.remove();
}
