// Chromium, and what every test does with it.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The packages are in the build tree, this file is not.
const require = createRequire(join(process.env.RUNNEL_E2E_MODULES, 'node_modules', 'x.js'));
const { chromium } = require('playwright-core');
const { AxeBuilder } = require('@axe-core/playwright');

const executablePath = process.env.RUNNEL_CHROMIUM
    ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const pictures = process.env.RUNNEL_SCREENSHOT_DIR;

export const launch = () => chromium.launch({ executablePath, args });

// A browser that can be put to sleep: {browser, pid, close()}.
export async function launchServer() {
    const server = await chromium.launchServer({ executablePath, args });
    const browser = await chromium.connect(server.wsEndpoint());
    const close = async () => {
        await browser.close();
        await server.close();
    };
    return { browser, pid: server.process().pid, close };
}

// A browser whose person has set another text size (the page cannot tell from inside).
export async function launchWithTextSize(pixels, options) {
    const profile = mkdtempSync(join(tmpdir(), 'runnel-e2e-profile-'));
    mkdirSync(join(profile, 'Default'));
    writeFileSync(join(profile, 'Default', 'Preferences'),
        JSON.stringify({ webkit: { webprefs: { default_font_size: pixels } } }));
    const context = await chromium.launchPersistentContext(profile, { executablePath, args, ...options });
    const close = async () => {
        await context.close();
        rmSync(profile, { recursive: true, force: true });
    };
    return { context, close };
}

// What Chromium itself says when a server is not there, or was killed with a request on its way.
const unreachable = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE|WebSocket connection/;

// A page in a context of its own, that fails the test on an error of a script or of the Content-Security-Policy. What the
// browser says of a request that the test lets fail is to match `page.expected`.
export async function newPage(browser, { width = 1440, height = 900, scheme = 'light', ...options } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, ...options });
    const page = await context.newPage();
    return watch(page);
}

export function watch(page) {
    page.faults = [];
    page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`));
    page.on('console', (message) => {
        if (message.type() === 'error' && !page.expected?.test(message.text()) && !unreachable.test(message.text()))
            page.faults.push(`console: ${message.text()}`);
    });
    return page;
}

export async function open(page, url) {
    await page.goto(url);
    try {
        await page.waitForSelector('html[data-ready="true"]');
    } catch (error) {
        const state = await page.locator('#state').textContent().catch(() => 'unknown');
        throw new Error(`the page did not become ready (${state}): ${page.faults?.join('; ') || 'no fault was seen'}`, { cause: error });
    }
}

export async function close(page) {
    await page.context().close();
    assert.deepEqual(page.faults, [], 'no script failed and nothing broke the Content-Security-Policy');
}

export async function write(page, text) {
    await page.locator('#composer-text').fill(text);
    await page.keyboard.press('Enter');
}

export const answering = (page) => page.waitForSelector('#send[data-action="stop"]');
export const answered = (page) => page.waitForSelector('#send[data-action="send"]');

// Two frames: what was asked for has been drawn.
export const drawn = (page) => page.evaluate(() => new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
}));

export async function picture(page, name) {
    if (!pictures)
        return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

// What fades in has its colour only when it is there: axe measures in the middle of a transition, too. What pulses without an end is not waited for.
const settled = (page) => page.evaluate(() => Promise.allSettled(document.getAnimations()
    .filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime))
    .map((animation) => animation.finished)));

// In forced colours the colours are the person's own, so their contrast is not ours to judge.
export async function assertAccessible(page, where, { forcedColors = false } = {}) {
    await settled(page);
    // The whole in the page itself: otherwise each look opens a page more to put the frames of a page together, and ours has none.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    const { violations } = await (forcedColors ? axe.disableRules(['color-contrast']) : axe).analyze();
    const findings = violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html).slice(0, 3).join(' | ')}`);
    assert.deepEqual(findings, [], `axe has findings in ${where}`);
}

export async function assertNoSidewaysScroll(page, where) {
    const wide = await page.evaluate(() => {
        const scroll = document.getElementById('scroll');
        const over = [];
        if (document.documentElement.scrollWidth > innerWidth)
            over.push(`the page by ${document.documentElement.scrollWidth - innerWidth}`);
        if (scroll.scrollWidth > scroll.clientWidth)
            over.push(`the conversation by ${scroll.scrollWidth - scroll.clientWidth}`);
        for (const node of document.querySelectorAll('.header > *, .composer, .strip, .banner, .toast')) {
            const box = node.getBoundingClientRect();
            if (box.width > 0 && (box.right > innerWidth + 1 || box.left < -1))
                over.push(`${node.className || node.id} sticks out`);
        }
        return over;
    });
    assert.deepEqual(wide, [], `something is wider than the window in ${where}`);
}
