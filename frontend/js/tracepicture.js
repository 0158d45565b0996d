// The picture of a story: a lane for each station, time from left to right. SVG by DOM calls.

import { lanes, timeWords } from './tracestory.js';

const svgSpace = 'http://www.w3.org/2000/svg';

function shape(tag, attributes, ...children) {
    const node = document.createElementNS(svgSpace, tag);
    for (const [key, value] of Object.entries(attributes))
        node.setAttribute(key, value);
    node.append(...children);
    return node;
}

// 1, 2 or 5 times a power of ten, so that about `count` of them fit.
export function stepOf(length, count) {
    const rough = length / Math.max(1, count);
    const power = 10 ** Math.floor(Math.log10(rough));
    return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
}

const notch = 4; // a tick stands on its bar, so that it crosses no words

// The part of a story from `from` to `to`, in `width` pixels; its axis counts from `zero`. `em`: how tall letters are.
export function drawPicture(story, { from, to, zero, width, em, label }) {
    const narrow = width < 34 * em;
    const left = narrow ? 0 : Math.ceil(9.5 * em);
    const right = Math.ceil(0.5 * em);
    const bar = Math.ceil(1.35 * em);
    const row = narrow ? Math.ceil(3.25 * em) : Math.ceil(2.25 * em);
    const top = Math.ceil(1.9 * em);
    const height = top + lanes.length * row + 2;
    const x = (time) => left + ((Math.min(Math.max(time, from), to) - from) / (to - from)) * (width - left - right);
    const svg = shape('svg', { class: 'trace-picture', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label });
    drawAxis(svg, { from, to, zero, x, top, height, em, count: (width - left) / (6.5 * em) });
    lanes.forEach((lane, i) => {
        const y = top + i * row;
        const group = shape('g', { class: 'lane', 'data-lane': lane.id });
        const middle = narrow ? y + 1.15 * em : y + row / 2;
        group.append(shape('line', { class: 'rule', x1: 0, x2: width, y1: y, y2: y }),
            shape('text', { class: 'name', x: 0, y: middle + (narrow ? 0 : 0.3 * em) }, lane.name, shape('title', {}, lane.detail)));
        const place = { from, to, x, y: narrow ? y + 1.6 * em : y + (row - bar) / 2, bar, em };
        const within = story.spans.filter((span) => span.lane === lane.id && span.to >= from && span.from <= to);
        svg.append(group);
        drawLane(group, within, place);
    });
    return { svg, fit: () => fitLabels(svg) };
}

function drawAxis(svg, { from, to, zero, x, top, height, em, count }) {
    const step = stepOf(to - from, count);
    const axis = shape('g', { class: 'axis', 'aria-hidden': 'true' });
    for (let time = Math.ceil((from - zero) / step - 1e-9) * step; time <= to - zero + step * 1e-9; time += step) {
        const at = x(time + zero);
        axis.append(shape('line', { x1: at, x2: at, y1: top, y2: height }));
        const words = timeWords(Math.abs(time) < step / 1000 ? 0 : time);
        const anchor = at < x(from) + 1.5 * em ? 'start' : at > x(to) - 1.5 * em ? 'end' : 'middle';
        axis.append(shape('text', { x: at, y: top - 0.6 * em, 'text-anchor': anchor }, words));
    }
    svg.append(axis);
}

function drawLane(group, spans, { from, to, x, y, bar, em }) {
    const rank = { wait: 0, work: 1, tick: 2 };
    const labels = []; // above all bars
    for (const span of [...spans].sort((a, b) => rank[a.kind] - rank[b.kind])) {
        const { kind, words } = span;
        const at = x(span.from);
        const length = span.to - span.from;
        // What takes no time on this scale is seen all the same.
        const wide = kind === 'tick' ? 2 : Math.max(x(span.to) - at, kind === 'work' ? 2 : 0);
        const box = shape('rect', { class: kind, x: at, y: kind === 'tick' ? y - notch : y, width: wide, height: kind === 'tick' ? notch : bar, rx: wide > 6 ? 2 : 0 });
        box.append(shape('title', {}, kind === 'tick' ? `${words}, at ${timeWords(span.from)}` : `${words}: ${timeWords(length)}`));
        group.append(box);
        const figure = `${timeWords(length)}${span.from < from || span.to > to ? ' in all' : ''}`; // only a part is to be seen
        if (kind !== 'tick' && wide > 3 * em) {
            labels.push(shape('text', { class: `inside ${kind}`, x: at + 0.4 * em, y: y + bar / 2 + 0.3 * em, 'data-room': wide - 0.8 * em,
                'data-short': figure }, `${words}, ${figure}`));
        }
    }
    group.append(...labels);
}

// Which words fit is known once they are there: all of them, the figure alone, or none. The figures stand below, too.
function fitLabels(svg) {
    for (const lane of svg.querySelectorAll('.lane')) {
        const taken = [];
        for (const text of lane.querySelectorAll('text.inside')) {
            if (text.getComputedTextLength() > Number(text.dataset.room))
                text.textContent = text.dataset.short;
            const from = Number(text.getAttribute('x'));
            const to = from + text.getComputedTextLength();
            if (to - from > Number(text.dataset.room) || taken.some((other) => from < other.to && other.from < to))
                text.remove();
            else
                taken.push({ from, to });
        }
    }
}
