// Renaming in place: the title becomes a field; Enter keeps, Escape leaves it as it was.

import { element } from './dom.js';

// `shown` is hidden while the field stands in `holder`, and has the focus afterwards. `onRename(title)`: null when the
// field was emptied, so that the conversation is called after its first message again. `onEnd()` comes first.
export function editTitle({ holder, shown, value, onRename, onEnd = () => {} }) {
    const input = element('input', { class: 'title-input', dir: 'auto', 'aria-label': 'Title of this conversation', maxlength: '200',
        placeholder: 'As the first message', autocomplete: 'off' });
    input.value = value;
    shown.hidden = true;
    holder.append(input);
    input.focus();
    input.select();
    let ended = false;
    const end = (keep) => {
        if (ended)
            return;
        ended = true;
        const title = input.value.trim();
        const hadFocus = document.activeElement === input;
        input.remove();
        shown.hidden = false;
        if (hadFocus)
            shown.focus();
        onEnd();
        if (keep && title !== value)
            onRename(title || null);
    };
    input.addEventListener('keydown', (event) => {
        event.stopPropagation(); // Escape leaves the field, not the drawer
        if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape'))
            return;
        event.preventDefault(); // or Enter would press what has the focus now
        end(event.key === 'Enter');
    });
    input.addEventListener('blur', () => end(true));
}
