// The last gate before an answer becomes part of the page. renderer.js writes no raw HTML, no image and no unsafe link
// to begin with; what passes here anyway is taken out.

import DOMPurify from '../vendor/dompurify/purify.es.js';

const purify = DOMPurify(window);

const settings = {
    ALLOWED_TAGS: [
        'a', 'blockquote', 'br', 'code', 'del', 'em', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'ol', 'p', 'pre', 'span',
        'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
    ],
    ALLOWED_ATTR: ['align', 'class', 'href', 'start', 'title'],
    ADD_URI_SAFE_ATTR: ['align', 'start'], // no addresses: without it ALLOWED_URI_REGEXP is asked, and takes them out
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:)/i,
    RETURN_DOM_FRAGMENT: true,
};
purify.setConfig(settings); // once, and not with each call

purify.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeName !== 'A')
        return;
    node.setAttribute('rel', 'noopener noreferrer nofollow');
    node.setAttribute('target', '_blank');
});

export function sanitizeToFragment(html) {
    return document.importNode(purify.sanitize(html), true);
}
