// Copying works over plain HTTP too, where browsers offer no navigator.clipboard.

import { setIcon } from './icons.js';

export async function copyText(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return copyBySelection(text);
    }
}

function copyBySelection(text) {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'visually-hidden';
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    focused?.focus();
    return copied;
}

// The button says for two seconds that it worked.
export function showCopied(button) {
    const label = button.querySelector('span');
    setIcon(button, 'check');
    if (label)
        label.textContent = 'Copied';
    clearTimeout(button.copiedTimer);
    button.copiedTimer = setTimeout(() => {
        setIcon(button, 'copy');
        if (label)
            label.textContent = 'Copy';
    }, 2000);
}
