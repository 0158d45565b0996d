// Why a page could not be operated, in words for whoever changed it. Playwright's own are for whoever wrote the check.

const deeds = {
    fill: 'write into', press: 'press a key in', click: 'click on', check: 'tick', hover: 'point at', focus: 'go to', waitFor: 'wait for',
    textContent: 'read', innerText: 'read', inputValue: 'read', getAttribute: 'read', evaluate: 'look at', evaluateAll: 'look at',
    isEnabled: 'look at', isDisabled: 'look at', isVisible: 'look at', isChecked: 'look at', goto: 'open', reload: 'load again',
};

// `locator('.answer').last()` as a learner would say it: "the last .answer". What has no such words stays as it is.
function inWords(locator) {
    const [, base, which] = /^(.*?)((?:\.(?:last|first)\(\))?)$/s.exec(locator);
    const css = /^locator\('([^']*)'\)$/.exec(base)?.[1];
    const [, role, name] = /^getByRole\('(\w+)', \{ name: '([^']*)'.*\}\)$/.exec(base) ?? [];
    const named = css ?? (role ? `the ${role} "${name}"` : base);
    return which === '' ? named : `the ${which === '.last()' ? 'last' : 'first'} ${named.replace(/^the /, '')}`;
}

// What stood in the way; the newest thing that was tried tells it.
function obstacle(said, deed) {
    const count = /resolved to (\d+) elements/.exec(said)?.[1];
    if (count)
        return `there are ${count} of them`;
    if (/Element is not an? </.test(said))
        return `it is ${/resolved to (<.*>)/.exec(said)?.[1] ?? 'there, but'}, which nobody can write into`;
    const threw = /^(?:Error: )?(\w*Error: .*)/.exec(said)?.[1];
    if (threw)
        return `${threw}. An element in it may have gone`;
    if (/context was destroyed|frame was detached|interrupted by another navigation/i.test(said))
        return 'the page went elsewhere meanwhile';
    const refused = /net::(\w+)/.exec(said)?.[1];
    if (refused)
        return `the browser says ${refused}`;
    const found = [...said.matchAll(/resolved to (<.*>)/g)].at(-1)?.[1];
    if (!found) {
        return /waiting for .* to be (visible|hidden)/.test(said) && deed === 'waitFor'
            ? 'that did not come' : 'the page has no such element';
    }
    const states = [...said.matchAll(/(<.*>) intercepts pointer events|element is (not \w+|outside of the viewport)$/gm)];
    const [, over, state] = states.at(-1) ?? [];
    const words = { 'not visible': 'is hidden', 'not enabled': 'is disabled', 'not editable': 'is read-only', 'not stable': 'does not stand still' };
    return over ? `${over} lies over it` : state ? `it is there, ${found}, but ${words[state] ?? `is ${state}`}` : `it is there, ${found}, but does not answer`;
}

// {missing, look} of an error that an operation on a page ended with, or null if it is none of those. `faults` are {text, place} of what
// the page's scripts threw, oldest first; `files` is where to look when nothing else says it.
export function stoodInTheWay(error, faults, files) {
    // eslint-disable-next-line no-control-regex
    const message = error.message.replace(/\x1b\[\d+m/g, '');
    const [, subject, deed, said] = /^(locator|page|frame|keyboard|elementHandle|jsHandle)\.(\w+): (.*)$/s.exec(message) ?? [];
    if (!subject || /(page|context|browser).* has been closed/.test(said)) // that was not the page's doing
        return null;
    const locator = /(?:waiting for|strict mode violation:) ((?:locator|getBy\w+)\(.*\))/.exec(said.replace(/ to be \w+$/gm, '').replace(/ resolved to .*/, ''))?.[1];
    const what = locator ? inWords(locator) : 'the page';
    const told = faults.slice(0, 3).map(({ text, place }) => ` The page's script ended with an error: ${text}${place ? ` (${place})` : ''}.`).join('');
    return {
        missing: `The check wanted to ${deeds[deed] ?? deed} ${what} and could not: ${obstacle(said, deed)}.${told} What builds on it was not looked at.`,
        look: faults.find(({ place }) => place)?.place ?? `${files}: who makes, hides or takes away ${what}`,
    };
}
