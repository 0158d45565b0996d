// Makes what is shown equal to nodes that were made anew, by what differs alone: where the focus is, what is opened, selected or
// scrolled stays so. Children are paired in their order, by element and class.

export function renew(parent, nodes) {
    let next = parent.firstChild;
    for (const node of nodes) {
        let pair = next;
        while (pair !== null && !isPair(pair, node))
            pair = pair.nextSibling;
        if (pair === null) {
            parent.insertBefore(node, next);
            continue;
        }
        next = removeUntil(next, pair).nextSibling;
        renewNode(pair, node);
    }
    removeUntil(next, null);
}

const isPair = (a, b) => a.nodeName === b.nodeName && a.className === b.className;

function removeUntil(first, last) {
    for (let node = first; node !== last;) {
        const next = node.nextSibling;
        node.remove();
        node = next;
    }
    return last;
}

function renewNode(shown, fresh) {
    if (shown.nodeType !== Node.ELEMENT_NODE) {
        if (shown.data !== fresh.data)
            shown.data = fresh.data;
        return;
    }
    for (const { name } of [...shown.attributes]) {
        if (!fresh.hasAttribute(name) && name !== 'open') // a person opened it
            shown.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
        if (shown.getAttribute(name) !== value)
            shown.setAttribute(name, value);
    }
    if (!shown.hasAttribute('data-own')) // what is in it is made elsewhere
        renew(shown, [...fresh.childNodes]);
}
