// The icons of the page, by their Lucide names. layout.mjs puts the shapes of exactly these into the served folder.

export const iconNames = [
    'arrow-down', 'arrow-up', 'check', 'chevron-down', 'chevron-left', 'chevron-right', 'circle-alert', 'clock', 'copy', 'eraser',
    'info', 'menu', 'monitor', 'moon', 'pencil', 'refresh-cw', 'rotate-ccw', 'search', 'square', 'square-pen', 'sun', 'trash-2',
    'triangle-alert', 'wifi-off', 'x', 'play', 'ellipsis', 'pin', 'pin-off', 'file-text', 'file-json', 'upload', 'wrench', 'timer',
];
