// Firefox by WebDriver BiDi: Debian's is no build that Playwright could drive.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(join(process.env.RUNNEL_E2E_MODULES, 'node_modules', 'x.js'));
const puppeteer = require('puppeteer-core');

const executablePath = process.env.RUNNEL_FIREFOX ?? ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));
const pictures = process.env.RUNNEL_SCREENSHOT_DIR;
const waiting = { timeout: 20_000, polling: 50 }; // a hidden tab has no frames to look at

// {browser, pid, close()}; all that it writes is in a folder that goes with it.
export async function launchFirefox() {
    const home = mkdtempSync(join(tmpdir(), 'runnel-e2e-firefox-'));
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, env: { ...process.env, HOME: home, TMPDIR: home },
        userDataDir: join(home, 'profile'), extraPrefsFirefox: { 'ui.prefersReducedMotion': 1 } });
    const close = async () => {
        await browser.close();
        rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    };
    return { browser, pid: browser.process().pid, close };
}

// What Firefox says of a socket whose server or page has gone is no fault of the page's.
const expected = /establish a connection to the server at ws:|was interrupted while the page was loading/;

export async function newTab(browser, url, { width = 1200, height = 800 } = {}) {
    const page = await browser.newPage();
    await page.setViewport({ width, height });
    page.faults = [];
    page.on('pageerror', ({ message }) => expected.test(message) || page.faults.push(`script: ${message}`));
    page.on('console', (message) => {
        if (['error', 'warn'].includes(message.type()) && !expected.test(message.text()))
            page.faults.push(`console: ${message.text()}`);
    });
    await page.goto(url);
    await page.waitForSelector('html[data-ready="true"]', waiting);
    return page;
}

export async function close(page) {
    await page.close();
    assert.deepEqual(page.faults, [], 'no script failed and nothing broke the Content-Security-Policy');
}

// Waits until a visible element that fits has that text in it.
export const sees = (page, selector, text = '') => page.waitForFunction((where, what) => [...document.querySelectorAll(where)]
    .some((node) => node.checkVisibility() && node.textContent.includes(what)), waiting, selector, text);
export const seesNo = (page, selector, text = '') => page.waitForFunction((where, what) => ![...document.querySelectorAll(where)]
    .some((node) => node.checkVisibility() && node.textContent.includes(what)), waiting, selector, text);
export const texts = (page, selector) => page.$$eval(selector, (nodes) => nodes.map((node) => node.textContent));

// The button of that name that can be seen.
export async function press(page, name) {
    const find = (wanted) => [...document.querySelectorAll('button')].find((node) => node.checkVisibility() && !node.disabled
        && (node.getAttribute('aria-label') ?? node.textContent.trim()) === wanted);
    await page.waitForFunction(`(${find})(${JSON.stringify(name)})`, waiting);
    const button = await page.evaluateHandle(find, name);
    await button.click();
}

export async function write(page, text) {
    await page.click('#composer-text');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
}

export const answering = (page) => page.waitForSelector('#send[data-action="stop"]', waiting);
export const answered = (page) => page.waitForSelector('#send[data-action="send"]', waiting);

export async function picture(page, name) {
    if (!pictures)
        return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
}
