// Lucide's icons as elements. An icon is never the only name of a control: it is hidden from screen readers, its button
// has the label.

import { shapes } from '../icons/lucide.js';

const svgSpace = 'http://www.w3.org/2000/svg';

export function icon(name) {
    const svg = shape('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', 'data-name': name });
    svg.append(...(shapes[name] ?? []).map(([tag, attributes]) => shape(tag, attributes)));
    return svg;
}

export function setIcon(element, name) {
    const old = element.querySelector('svg.icon');
    if (old?.dataset.name === name)
        return;
    if (old)
        old.replaceWith(icon(name));
    else
        element.prepend(icon(name));
}

// <i data-icon="menu"> in index.html
export function placeIcons(root) {
    for (const place of root.querySelectorAll('[data-icon]'))
        place.replaceWith(icon(place.dataset.icon));
}

function shape(tag, attributes) {
    const node = document.createElementNS(svgSpace, tag);
    for (const [key, value] of Object.entries(attributes))
        node.setAttribute(key, value);
    return node;
}
