// Puts the page together: chat state on one side, the parts of the page on the other.

import { Address } from './address.js';
import { AgentPicker } from './agentpicker.js';
import { Announcer } from './announcer.js';
import { Chat } from './chat.js';
import { copyText, showCopied } from './clipboard.js';
import { codeText } from './codeblock.js';
import { Composer } from './composer.js';
import { Phase } from './connection.js';
import { ConversationActions } from './conversationactions.js';
import { ConversationList } from './conversationlist.js';
import { ConversationsApi } from './conversationsapi.js';
import { element, iconButton, setText } from './dom.js';
import { FoundMessage, markFound } from './found.js';
import { placeIcons } from './icons.js';
import { Importer } from './importer.js';
import { Journeys, keepsTraces, traceUrl } from './journeys.js';
import { Kept } from './kept.js';
import { OtherTabs } from './othertabs.js';
import { PageRows } from './pagerows.js';
import { Code, defaultMessageBytes } from './protocol.js';
import { newestShown, running } from './reducer.js';
import { rehearse } from './rehearsal.js';
import { Sayings } from './sayings.js';
import { ScrollFollower } from './scrollfollow.js';
import { Sidebar } from './sidebar.js';
import { ofTab } from './storage.js';
import { pressToast, showState, Strip } from './strip.js';
import { setUpTheme } from './theme.js';
import { editTitle } from './titleedit.js';
import { progressOf } from './toolcalls.js';
import { ConversationView } from './view.js';
import { stateWords } from './words.js';

const at = (id) => document.getElementById(id);

const announcer = new Announcer(at('said-answer'), at('said-status'));
const sayings = new Sayings(announcer);
const kept = new Kept();
const api = new ConversationsApi();
const otherTabs = new OtherTabs(() => list.refresh());
const list = new ConversationList(api, { onChange: listChanged, onEdit: () => otherTabs.tell() });
const journeys = new Journeys();
const chat = new Chat(kept, changed, { location, journeys });
const rows = new PageRows(chat, list, kept);
const address = new Address((place) => goTo(place.id, place));
const view = new ConversationView(at('messages'), {
    suggest: send,
    retry: (answer) => chat.regenerate(answer.parent_id, answer.agent),
    carryOn: (answer) => chat.carryOn(answer.message_id),
    edit: editMessage,
    select: (id, words) => {
        chat.select(id);
        announcer.status(words);
    },
    decide: (call, decision) => chat.decide(call, decision),
    resend: (item) => chat.resend(item.error.code === Code.unknownAgent ? { ...item, agent: agentName() } : item),
    withdraw: (item) => chat.withdraw(item),
    traceOf: ({ turn }) => (journeys.traced && turn ? traceUrl({ session: chat.id, turn }) : null),
    copyAnswer: (message, button) => copy(message.content, button),
});
const composer = new Composer({ form: at('composer'), text: at('composer-text'), send: at('send'), hint: at('hint') }, {
    send,
    stop: (turn) => {
        chat.stop(turn);
        rescueFocus(at('send'));
    },
    draft: (text) => kept.keepDraft(chat.id, text),
});
const follower = new ScrollFollower(at('scroll'), { onChange: showJump, mayFollow: () => !view.isEmpty });
const strip = new Strip(at('strip'), { retryNow: () => chat.retryNow(), dismiss });
const pickers = [at('header-agent'), at('composer-agent')].map((slot) => new AgentPicker(slot, chooseAgent));
const actions = new ConversationActions(list, kept, { toast: at('toast'), notice: showNotice, say: (words) => announcer.status(words),
    openId: () => chat.id, open: (id) => openConversation(id), begin: (draft) => newChat({ draft, push: false }) });
const found = new FoundMessage({
    select: (id) => chat.select(id),
    show: showFound,
    missing: () => announcer.status('That message is no longer there.'),
});
const sidebar = new Sidebar({ sidebar: at('sidebar'), menu: at('menu'), scrim: at('scrim'), newChat: at('new-chat'),
    search: at('search'), searchKey: at('search-key'), searchClear: at('search-clear'), list: at('conversations'), main: at('main') }, {
    begin: () => newChat(),
    find: (text, now) => list.find(text, now),
    open: (row) => openConversation(row.id, { message: foundIn(row), named: !row.own }),
    rename: (row, title) => actions.rename(row.id, title),
    pin: (row) => actions.pin(row),
    remove: (row) => actions.remove(row.id),
    exportUrl: (row, format) => api.exportUrl(row.id, format),
    more: () => list.more(),
    retry: () => list.retry(),
});

// ---- what people do ---------------------------------------------------------------------------------------------

function send(text) {
    chat.send(text, agentName());
    follower.toBottom();
    composer.focus();
}

function editMessage(message, text) {
    chat.edit(message.message_id, text, agentName());
    follower.toBottom();
}

// Returns the id. Back leads to the conversation before, unless there is nothing in it.
function newChat({ draft = '', push = isWorthAStep() } = {}) {
    const id = kept.begin();
    kept.keepDraft(id, draft);
    address.show(id, { named: false, push });
    goTo(id, { named: false });
    return id;
}

// What a search found in that row, if it was in a message.
function foundIn({ match }) {
    if (!match?.message_id)
        return null;
    const [start, end] = match.ranges?.[0] ?? [];
    return { id: match.message_id, words: list.shown.words, first: match.text?.slice(start, end) };
}

// `named`: the server has it; `message`: where to.
function openConversation(id, { message = null, named = true } = {}) {
    if (id !== chat.id) {
        address.show(id, { named, push: isWorthAStep() });
        goTo(id, { named, message });
        return;
    }
    found.look(id, message);
    if (message === null)
        focusConversation();
    askForFrame();
}

function goTo(id, { named, message = null }) {
    found.look(id, message);
    kept.open(id);
    if (id === chat.id)
        return;
    const left = rows.open;
    if (left && !left.own)
        list.assume(left);
    view.clear();
    announcer.reset();
    list.current = id;
    chat.open(id, { held: named });
    composer.value = kept.draft(id);
    follower.toBottom();
    if (named && message === null)
        focusConversation();
    else if (message === null)
        composer.focus();
}

// Who opens one with a finger wants to read it: the composer would bring the keyboard up.
function focusConversation() {
    if (matchMedia('(pointer: coarse)').matches)
        at('scroll').focus({ preventScroll: true });
    else
        composer.focus();
}

// A link to it leads somewhere: the server has it, or had it.
function isNamed() {
    const { messages, held, forgotten } = chat.state;
    return messages.length > 0 || held || forgotten;
}

function isWorthAStep() {
    return chat.id !== null && (isNamed() || chat.state.outbox.length > 0 || kept.draft(chat.id) !== '');
}

// Taken note of: a conversation that was lost is not said to be lost again. The server may have said why in a notice.
function dismiss() {
    const { forgotten, notice } = chat.state;
    chat.dismiss();
    if (forgotten && notice)
        chat.dismiss();
    if (forgotten && !chat.state.forgotten)
        address.show(chat.id, { named: isNamed() });
}

function chooseAgent(name) {
    ofTab.set('agent', name);
    showAgents();
}

// Before the server has said which agents there are, the one that was chosen is taken at its word.
function agentName() {
    const { agents } = chat.state;
    const wanted = ofTab.get('agent');
    if (agents.length === 0)
        return typeof wanted === 'string' ? wanted : '';
    const chosen = agents.find(({ name }) => name === wanted) ?? agents.find(({ name }) => name === 'default') ?? agents[0];
    return chosen?.name ?? '';
}

async function copy(text, button) {
    const copied = await copyText(text);
    if (copied)
        showCopied(button);
    announcer.status(copied ? 'Copied.' : 'Copying is not allowed here.');
}

// ---- what is shown ----------------------------------------------------------------------------------------------

let frameAsked = false;

function askForFrame() {
    if (!frameAsked) {
        frameAsked = true;
        requestAnimationFrame(show);
    }
}

let sidebarIsOld = true;
let wasConnected = false;

function changed(before) {
    const { state, connected } = chat;
    if (!follower.following && saysMore(before, state))
        markUnread(true);
    if (saysMoreInList(before, state))
        sidebarIsOld = true;
    if (connected !== wasConnected) {
        wasConnected = connected;
        sidebarIsOld = true;
        if (connected)
            list.refresh();
    }
    if (concernsList(before, state)) {
        list.refresh();
        otherTabs.tell();
    }
    askForFrame();
    sayings.changed(before, state, chat.connection); // last: a fault of what is said shall not keep anything from being shown
}

// An answer began or ended, or the title is another one.
function concernsList(before, state) {
    return before.session === state.session && (running(before)?.turn !== running(state)?.turn || before.title !== state.title);
}

function saysMoreInList(before, state) {
    return before.session !== state.session || before.outbox !== state.outbox || before.messages.length !== state.messages.length
        || concernsList(before, state);
}

// A snapshot of what is shown already is nothing new.
function saysMore(before, state) {
    const { messages, active } = state;
    if (messages === before.messages)
        return false;
    const [old, now] = [newestShown({ ...before, active }), newestShown(state)];
    return messages.length !== before.messages.length || old?.content !== now?.content || old?.thoughts !== now?.thoughts
        || old?.state !== now?.state || (old?.tools !== now?.tools && progressOf(old) !== progressOf(now));
}

function show() {
    frameAsked = false;
    const focused = document.activeElement;
    const { state, connected, ready, synced } = chat;
    const complete = view.render(state, { connected, ready, synced });
    follower.keep();
    const answer = running(state);
    composer.show({ turn: connected && answer ? answer.turn : null, limit: state.limits?.message_bytes ?? defaultMessageBytes });
    at('demo').hidden = !state.demo || ofTab.get('demo-hidden', false);
    at('clear').disabled = state.messages.length === 0;
    showConnection();
    showAgents();
    showTitle();
    if (sidebarIsOld)
        showConversations();
    if (state.session !== null)
        address.show(state.session, { named: isNamed() });
    found.step(state, { ready, connected, settled: complete });
    if (!complete)
        askForFrame();
    rescueFocus(focused);
    document.documentElement.dataset.ready = String(ready);
}

// What had the focus may have gone or cannot have it any more. Where there is no keyboard the composer would open one.
function rescueFocus(focused) {
    if (!focused || (focused.isConnected && !focused.disabled && focused.checkVisibility()))
        return;
    if (document.activeElement !== focused && document.activeElement !== document.body)
        return;
    focusConversation();
}

function showConnection() {
    showState(at('state'), chat.connection, stateWords(chat.connection));
    strip.show(chat.connection, chat.state);
}

function showAgents() {
    const name = agentName();
    for (const picker of pickers)
        picker.show(chat.state.agents, name);
}

let shownTitle = null;

function showTitle() {
    const title = rows.title || 'New chat';
    at('rename').disabled = chat.state.messages.length === 0; // there is nothing yet that could have a name
    if (title === shownTitle)
        return;
    shownTitle = title;
    setText(at('rename'), title);
    document.title = title === 'New chat' ? 'Runnel' : `${title} – Runnel`;
}

function listChanged() {
    showTitle();
    showConversations();
    sayFound();
}

let saidWords = '';

function sayFound() {
    const { words, rows: hits, more, busy, error } = list.shown;
    if (busy || words === saidWords)
        return;
    saidWords = words;
    if (words && !error)
        announcer.status(hits.length === 0 ? 'Nothing found.' : `${hits.length}${more ? ' or more' : ''} found.`);
}

function showConversations() {
    sidebarIsOld = false;
    sidebar.show(rows.shown, chat.id);
}

function showFound(message) {
    const node = view.elementOf(message.id);
    if (node)
        follower.show(markFound(node, message));
    return node !== null;
}

// What went wrong with files, as long as nobody has read it. Null: nothing.
function showNotice(lines) {
    const notice = at('sidebar-notice');
    const hide = () => {
        notice.hidden = true;
        at('import').focus();
    };
    notice.hidden = lines === null;
    notice.replaceChildren(...(lines === null ? [] : [
        element('div', {}, ...lines.map((line) => element('p', { dir: 'auto' }, line))), iconButton('x', 'Hide this notice', hide)]));
}

function showJump(following) {
    at('jump').hidden = following;
    if (following)
        markUnread(false);
}

function markUnread(unread) {
    at('jump').dataset.unread = String(unread);
    at('jump').setAttribute('aria-label', `Jump to the newest message${unread ? ', there is more to read' : ''}`);
}

// ---- wiring -----------------------------------------------------------------------------------------------------

placeIcons(document);
setUpTheme(at('theme'), { onChange: (words) => announcer.status(words) });
at('clear').addEventListener('click', () => actions.clear(chat.id));
at('jump').addEventListener('click', () => {
    follower.toBottom();
    composer.focus();
});
at('demo-close').addEventListener('click', () => {
    ofTab.set('demo-hidden', true);
    at('demo').hidden = true;
    rescueFocus(at('demo-close'));
});
at('rename').addEventListener('click', () => {
    const { id } = chat;
    editTitle({ holder: at('title'), shown: at('rename'), value: rows.title, onRename: (title) => actions.rename(id, title) });
});
at('messages').addEventListener('click', (event) => {
    const summary = event.target.closest('summary');
    if (summary) {
        event.preventDefault();
        follower.steady(summary, () => summary.parentElement.toggleAttribute('open'));
    }
    const button = event.target.closest('[data-copy="code"]');
    if (button)
        copy(codeText(button.closest('figure')), button);
});
new Importer({ button: at('import'), input: at('import-file'), target: at('sidebar') }, (files) => actions.importFiles(files));
document.addEventListener('keydown', (event) => { // in a text with something in it the key undoes what was typed
    const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event;
    if (key.toLowerCase() === 'z' && (ctrlKey || metaKey) && !shiftKey && !altKey && !target.value && pressToast(at('toast'), 'Control+Z'))
        event.preventDefault();
});
document.addEventListener('visibilitychange', () => list.refresh());
addEventListener('focus', () => chat.retryNow()); // a network may be back without a word of the browser, a laptop awake
document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible')
        chat.retryNow();
});
new ResizeObserver(() => follower.keep()).observe(at('messages'));
setInterval(() => {
    const focused = document.activeElement;
    showConnection();
    view.tick();
    rescueFocus(focused);
}, 1000);
setInterval(() => {
    view.refreshTimes();
    showConversations(); // past midnight today is yesterday
}, 30_000);

begin();

// The address names a conversation, or the tab had one, or it is a new one.
function begin() {
    const { id, named, message } = address.place;
    const opened = id ?? kept.current ?? kept.begin();
    const typed = composer.value; // on a slow network before this script was there
    goTo(opened, { named, message });
    if (typed.trim() !== '') {
        composer.value = [composer.value, typed].filter(Boolean).join('\n');
        kept.keepDraft(opened, composer.value);
    }
    list.refresh();
    rehearse();
    askForTraces();
}

async function askForTraces() {
    journeys.traced = await keepsTraces();
    view.refreshTraces();
}
