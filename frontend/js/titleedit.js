// Renaming in place: the title becomes a field; Enter keeps, Escape leaves it as it was.

import { element } from './dom.js';

export function editTitle(heading, button, onRename) {
    const input = element('input', { class: 'title-input', dir: 'auto', 'aria-label': 'Title of this conversation', maxlength: '200' });
    input.value = button.textContent;
    button.hidden = true;
    heading.append(input);
    input.focus();
    input.select();
    let ended = false;
    const end = (keep) => {
        if (ended)
            return;
        ended = true;
        const title = input.value.trim();
        input.remove();
        button.hidden = false;
        if (keep && title && title !== button.textContent)
            onRename(title);
    };
    input.addEventListener('keydown', (event) => {
        if (event.isComposing)
            return;
        if (event.key === 'Enter' || event.key === 'Escape') {
            end(event.key === 'Enter');
            button.focus();
        }
    });
    input.addEventListener('blur', () => end(true));
}
