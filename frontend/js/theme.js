// As the system says, or light, or dark; remembered. theme-early.js applies it before the first paint.

import { setIcon } from './icons.js';
import { nextTheme } from './themechoice.js';

const themes = [
    { name: 'system', icon: 'monitor', words: 'Theme: as the system' },
    { name: 'light', icon: 'sun', words: 'Theme: light' },
    { name: 'dark', icon: 'moon', words: 'Theme: dark' },
];

export function setUpTheme(button, { onChange }) {
    const root = document.documentElement;
    const show = () => {
        const theme = themes.find(({ name }) => name === (root.dataset.theme ?? 'system'));
        setIcon(button, theme.icon);
        button.title = theme.words;
        button.setAttribute('aria-label', theme.words);
        return theme;
    };
    button.addEventListener('click', () => {
        const name = nextTheme(root.dataset.theme ?? 'system', matchMedia('(prefers-color-scheme: dark)').matches);
        if (name === 'system')
            delete root.dataset.theme;
        else
            root.dataset.theme = name;
        try {
            localStorage.setItem('runnel.theme', name);
        } catch {
            // remembered for this page only
        }
        onChange(show().words);
    });
    show();
}
