// Puts the page together: chat state on one side, the parts of the page on the other.

import { AgentPicker } from './agentpicker.js';
import { Announcer } from './announcer.js';
import { Chat } from './chat.js';
import { copyText, showCopied } from './clipboard.js';
import { codeText } from './codeblock.js';
import { Composer } from './composer.js';
import { Phase } from './connection.js';
import { Conversations } from './conversations.js';
import { setText } from './dom.js';
import { placeIcons } from './icons.js';
import { Code, defaultMessageBytes, MessageState } from './protocol.js';
import { running, visible } from './reducer.js';
import { ScrollFollower } from './scrollfollow.js';
import { Sidebar } from './sidebar.js';
import { ofTab } from './storage.js';
import { showState, showToast, Strip } from './strip.js';
import { setUpTheme } from './theme.js';
import { editTitle } from './titleedit.js';
import { ConversationView } from './view.js';
import { forgottenWords, stateWords, titleFrom } from './words.js';

const at = (id) => document.getElementById(id);

const announcer = new Announcer(at('said-answer'), at('said-status'));
const conversations = new Conversations();
const chat = new Chat(conversations, changed);
const view = new ConversationView(at('messages'), {
    suggest: send,
    retry: (answer) => chat.regenerate(answer.parent_id, answer.agent),
    carryOn: (answer) => chat.carryOn(answer.message_id),
    edit: editMessage,
    select: (id, words) => {
        chat.select(id);
        announcer.status(words);
    },
    resend: (item) => chat.resend(item.error.code === Code.unknownAgent ? { ...item, agent: agentName() } : item),
    withdraw: (item) => chat.withdraw(item),
    copyAnswer: (message, button) => copy(message.content, button),
});
const composer = new Composer({ form: at('composer'), text: at('composer-text'), send: at('send'), hint: at('hint') }, {
    send,
    stop: (turn) => {
        chat.stop(turn);
        rescueFocus(at('send'));
    },
    draft: (text) => conversations.keepDraft(chat.id, text),
});
const follower = new ScrollFollower(at('scroll'), { onChange: showJump, mayFollow: () => !view.isEmpty });
const strip = new Strip(at('strip'), { retryNow: () => chat.retryNow(), dismiss });
const pickers = [at('header-agent'), at('composer-agent')].map((slot) => new AgentPicker(slot, chooseAgent));
const sidebar = new Sidebar({ sidebar: at('sidebar'), menu: at('menu'), scrim: at('scrim'), newChat: at('new-chat'),
    search: at('search'), list: at('conversations'), main: at('main') }, { open: openConversation, remove: removeConversation,
    begin: newChat });

// ---- what people do ---------------------------------------------------------------------------------------------

function send(text) {
    conversations.nameFromMessage(chat.id, titleFrom(text));
    showConversations();
    chat.send(text, agentName());
    follower.toBottom();
    composer.focus();
}

function editMessage(message, text) {
    chat.edit(message.message_id, text, agentName());
    follower.toBottom();
}

function newChat() {
    openConversation(conversations.begin());
}

function openConversation(id) {
    conversations.open(id);
    held = null;
    view.clear();
    announcer.reset();
    chat.open(id);
    composer.value = conversations.draft(id);
    showConversations();
    follower.toBottom();
    composer.focus();
}

function removeConversation(id) {
    const kept = { title: conversations.title(id), draft: conversations.draft(id) };
    conversations.remove(id);
    if (id === chat.id)
        newChat();
    showConversations();
    const restore = () => {
        if (kept.title)
            conversations.rename(id, kept.title);
        conversations.keepDraft(id, kept.draft);
        openConversation(id);
    };
    showToast(at('toast'), 'Removed from the list.', 'Undo', restore);
    announcer.status('Removed from the list.');
}

// What is being written belongs to the person, not to the chat: it stays in the composer.
function clearChat() {
    const id = chat.id;
    const title = conversations.title(id);
    const draft = composer.value;
    conversations.remove(id);
    const next = conversations.begin();
    conversations.keepDraft(next, draft);
    openConversation(next);
    const restore = () => {
        if (title)
            conversations.rename(id, title);
        conversations.keepDraft(id, conversations.draft(next));
        conversations.keepDraft(next, '');
        openConversation(id);
    };
    showToast(at('toast'), 'The chat was cleared.', 'Undo', restore);
    announcer.status('The chat was cleared.');
}

// Taken note of: a conversation that was lost is not said to be lost again.
function dismiss() {
    const { forgotten } = chat.state;
    chat.dismiss();
    if (forgotten && !chat.state.forgotten) {
        conversations.hold(chat.id, false);
        held = null;
    }
}

function chooseAgent(name) {
    ofTab.set('agent', name);
    showAgents();
}

// Before the server has said which agents there are, the one that was chosen is taken at its word.
function agentName() {
    const { agents } = chat.state;
    const kept = ofTab.get('agent');
    if (agents.length === 0)
        return typeof kept === 'string' ? kept : '';
    const chosen = agents.find(({ name }) => name === kept) ?? agents.find(({ name }) => name === 'default') ?? agents[0];
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

function changed(before) {
    const { state } = chat;
    if (!follower.following && saysMore(before, state))
        markUnread(true);
    if (!frameAsked) {
        frameAsked = true;
        requestAnimationFrame(show);
    }
    announce(before, state); // last: a fault of what is said shall not keep anything from being shown
}

// A snapshot of what is shown already is nothing new.
function saysMore(before, { messages, active }) {
    if (messages === before.messages)
        return false;
    const newest = (list) => list.findLast(({ message_id }) => message_id === active);
    const [old, now] = [newest(before.messages), newest(messages)];
    return messages.length !== before.messages.length || old?.content !== now?.content || old?.thoughts !== now?.thoughts
        || old?.state !== now?.state;
}

function show() {
    frameAsked = false;
    const focused = document.activeElement;
    const { state, connected, ready } = chat;
    const complete = view.render(state, { connected, ready });
    follower.keep();
    const answer = running(state);
    composer.show({ turn: connected && answer ? answer.turn : null, limit: state.limits?.message_bytes ?? defaultMessageBytes });
    at('demo').hidden = !state.demo || ofTab.get('demo-hidden', false);
    at('clear').disabled = state.messages.length === 0;
    showConnection();
    showAgents();
    showTitle();
    keepHeld();
    if (!complete && !frameAsked) {
        frameAsked = true;
        requestAnimationFrame(show);
    }
    rescueFocus(focused);
    document.documentElement.dataset.ready = String(ready);
}

// What had the focus may have gone or cannot have it any more. Where there is no keyboard the composer would open one.
function rescueFocus(focused) {
    if (!focused || (focused.isConnected && !focused.disabled && focused.checkVisibility()))
        return;
    if (document.activeElement !== focused && document.activeElement !== document.body)
        return;
    if (matchMedia('(pointer: coarse)').matches)
        at('scroll').focus({ preventScroll: true });
    else
        composer.focus();
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

let held = null; // the conversation that is marked so

function keepHeld() {
    if (held === chat.id || chat.state.messages.length === 0)
        return;
    held = chat.id;
    conversations.hold(held, true);
}

let shownTitle = null;

function showTitle() {
    const title = conversations.title(chat.id) || titleOfMessages() || 'New chat';
    if (title === shownTitle)
        return;
    shownTitle = title;
    setText(at('rename'), title);
    document.title = title === 'New chat' ? 'Runnel' : `${title} – Runnel`;
}

// A conversation that began elsewhere has a first message, but no title in this browser yet.
function titleOfMessages() {
    const first = visible(chat.state).find((message) => message.role === 'user');
    if (!first)
        return '';
    conversations.nameFromMessage(chat.id, titleFrom(first.content));
    showConversations();
    return titleFrom(first.content);
}

function showConversations() {
    sidebar.show(conversations.all, chat.id);
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

// ---- what is said -----------------------------------------------------------------------------------------------

let lastPhase = Phase.connecting;

function announce(before, state) {
    announceConnection();
    const sameConversation = before.session === state.session;
    if (!sameConversation || state.messages.length === 0)
        announcer.reset();
    for (const message of new Set([...state.messages.slice(-2), ...visible(state).slice(-1)])) {
        if (message.role !== 'model')
            continue;
        const known = before.messages.find((one) => one.message_id === message.message_id);
        if (message === known || !sameConversation)
            continue;
        if (message.state === MessageState.running)
            announcer.follow(state.session, message, known !== undefined);
        else if (announcer.following(state.session, message))
            announceEnd(state.session, message);
    }
    const refused = state.outbox.find((item) => item.error && !before.outbox.find((one) => one.id === item.id)?.error);
    if (refused)
        announcer.status(refused.error.error);
    if (state.forgotten && !before.forgotten)
        announcer.status(forgottenWords);
}

function announceEnd(session, message) {
    announcer.end(session, message);
    if (message.state === MessageState.failed)
        announcer.status(message.error?.error ?? 'The answer failed.');
    else if (message.state === MessageState.stopped)
        announcer.status('Stopped.');
    else if (message.state === MessageState.interrupted)
        announcer.status('The answer was interrupted.');
}

function announceConnection() {
    const { phase } = chat.connection;
    if (phase === lastPhase)
        return;
    if (phase === Phase.connected && lastPhase !== Phase.connecting)
        announcer.status('Connected again.');
    else if (phase === Phase.offline)
        announcer.status('You are offline.');
    else if (phase === Phase.waiting && lastPhase === Phase.connected)
        announcer.status('The connection was lost. Reconnecting.');
    lastPhase = phase;
}

// ---- wiring -----------------------------------------------------------------------------------------------------

placeIcons(document);
setUpTheme(at('theme'), { onChange: (words) => announcer.status(words) });
at('clear').addEventListener('click', clearChat);
at('jump').addEventListener('click', () => {
    follower.toBottom();
    composer.focus();
});
at('demo-close').addEventListener('click', () => {
    ofTab.set('demo-hidden', true);
    at('demo').hidden = true;
    rescueFocus(at('demo-close'));
});
at('rename').addEventListener('click', () => editTitle(at('title'), at('rename'), (title) => {
    conversations.rename(chat.id, title);
    showTitle();
    showConversations();
}));
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
window.addEventListener('storage', showConversations); // another tab changed the list
new ResizeObserver(() => follower.keep()).observe(at('messages'));
setInterval(() => {
    const focused = document.activeElement;
    showConnection();
    view.tick();
    rescueFocus(focused);
}, 1000);
setInterval(() => view.refreshTimes(), 30_000);

openConversation(conversations.current);
