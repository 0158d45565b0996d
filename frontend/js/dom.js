// Elements without HTML text: nothing here can turn a string into markup.

import { icon } from './icons.js';

// element('p', {class: 'note', title: 'x'}, 'text', child, …)
export function element(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (value === null || value === undefined || value === false)
            continue;
        node.setAttribute(key, value === true ? '' : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
}

export function textButton(iconName, label, action) {
    const button = element('button', { type: 'button', class: 'text-button' }, iconName ? icon(iconName) : null,
        element('span', {}, label));
    button.addEventListener('click', action);
    return button;
}

export function iconButton(iconName, label, action, small = true) {
    const button = element('button', { type: 'button', class: `icon-button${small ? ' small' : ''}`, 'aria-label': label,
        title: label }, icon(iconName));
    button.addEventListener('click', action);
    return button;
}

// Text is set only when it differs, so that nothing is laid out, read or selected anew without a reason.
export function setText(node, text) {
    if (node.textContent !== text)
        node.textContent = text;
}
