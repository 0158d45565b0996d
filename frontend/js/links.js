// Which addresses of an answer may become links. The text is a model's, so the list is of what is allowed.

const allowed = /^(?:https?:\/\/|mailto:)/i;

// The address when it may be followed, else an empty text. Blanks and control characters go first, as browsers drop
// them too: "java\nscript:" is "javascript:".
export function safeUrl(href) {
    // eslint-disable-next-line no-control-regex
    const plain = String(href ?? '').replace(/[\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028-\u202e]/g, '');
    return allowed.test(plain) ? plain : '';
}

export function escapeHtml(text) {
    const names = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
    return String(text).replace(/[&<>"']/g, (character) => names[character]);
}
