// Shows asyncapi.json as a page to read. All text goes in as text nodes.

const root = document.getElementById('protocol');

function element(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
        node.setAttribute(key, value);
    node.append(...children);
    return node;
}

// `code` and **strong** of the descriptions; nothing else of Markdown is used there.
function inline(text) {
    return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
        if (part.startsWith('`'))
            return element('code', {}, part.slice(1, -1));
        if (part.startsWith('**'))
            return element('strong', {}, part.slice(2, -2));
        return part;
    });
}

function paragraphs(text = '') {
    return text.trim().split(/\n\n+/).filter(Boolean).map((paragraph) => element('p', {}, ...inline(paragraph)));
}

function resolve(api, value) {
    let found = value;
    while (found?.$ref) {
        const target = found.$ref.slice(2).split('/').reduce((node, key) => node[key], api);
        const { $ref, ...beside } = found;
        found = { ...target, ...beside };
    }
    return found;
}

function typeOf(api, schema) {
    const s = resolve(api, schema);
    if ('const' in s)
        return JSON.stringify(s.const);
    if (s.enum)
        return s.enum.map((value) => JSON.stringify(value)).join(' | ');
    if (s.oneOf)
        return s.oneOf.map((one) => (one.$ref ? one.$ref.split('/').pop() : typeOf(api, one))).join(' | ');
    if (s.type === 'array')
        return `array of ${typeOf(api, s.items)}`;
    if (s.type === 'object')
        return `object { ${Object.keys(s.properties ?? {}).join(', ')} }`;
    return [s.type].flat().join(' | ') + (s.format ? ` (${s.format})` : '');
}

function fields(api, schema) {
    const s = resolve(api, schema);
    const rows = Object.entries(s.properties ?? {}).map(([name, property]) => element('tr', {},
        element('td', {}, element('code', {}, name + (s.required?.includes(name) ? '' : '?'))),
        element('td', {}, typeOf(api, property)),
        element('td', {}, ...inline(resolve(api, property).description ?? ''))));
    return element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Fields' },
        element('table', {},
            element('thead', {}, element('tr', {}, ...['Field', 'Type', 'Meaning'].map((head) => element('th', { scope: 'col' }, head)))),
            element('tbody', {}, ...rows)));
}

function message(api, reference) {
    const m = resolve(api, reference);
    return [
        element('h3', {}, element('code', {}, m.name), ` · ${m.title}`),
        ...paragraphs(m.summary),
        fields(api, m.payload),
        ...(m.examples ?? []).map((example) => element('pre', { tabindex: '0' }, JSON.stringify(example.payload))),
    ];
}

function operation(api, op) {
    const channel = resolve(api, op.channel);
    return [
        element('h2', {}, op.title),
        element('p', { class: 'note' }, element('code', {}, channel.address)),
        ...op.messages.flatMap((reference) => message(api, reference)),
    ];
}

function show(api) {
    root.replaceChildren(
        element('h1', {}, api.info.title),
        ...paragraphs(api.info.description),
        ...Object.values(api.channels).flatMap((channel) => [element('h2', {}, channel.title), ...paragraphs(channel.description)]),
        ...Object.values(api.operations).flatMap((op) => operation(api, op)));
}

try {
    const response = await fetch('/asyncapi.json');
    if (!response.ok)
        throw new Error(`The server answered ${response.status}.`);
    show(await response.json());
} catch (error) {
    root.append(element('p', {}, `The document could not be shown. ${error.message}`));
}
