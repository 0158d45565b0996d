// builds: runnel-server runnel-emulator runnel_e2e

import { check, expect, openPlainPage } from '../../lib/check.mjs';

const luminance = ([r, g, b]) => [r, g, b]
    .map((part) => part / 255)
    .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
};

await check(async () => {
    const page = await openPlainPage();
    const [ground, ink] = await page.locator('header').evaluate((header) => {
        const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
        return [numbers(getComputedStyle(header).backgroundColor), numbers(getComputedStyle(header.querySelector('h1')).color)];
    });
    const [opacity] = ground.splice(3);
    const hex = `#${ground.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    expect(hex === '#4338ca' && opacity === undefined, {
        right: 'The header is indigo, #4338ca.',
        missing: opacity === undefined
            ? `The header is ${hex}. It is to be #4338ca.`
            : `The header lets the page shine through: its colour is ${hex} with an opacity of ${opacity}.`,
        look: 'workshop/page/style.css, the rule for header',
    });
    expect(contrast(ground, ink) >= 4.5, {
        right: 'Its text can be read on it.',
        missing: `Its text cannot be read on it: the contrast is ${contrast(ground, ink).toFixed(1)}, and 4.5 is the least.`,
        look: 'the color in the same rule',
    });
});
