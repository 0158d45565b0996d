// The workshop's plain page. It speaks the protocol's v0 (docs/protocol.md): one kind of frame goes out, three come in.

const messages = document.getElementById('messages');
const composer = document.getElementById('composer');
const text = document.getElementById('text');
const send = document.getElementById('send');
const state = document.getElementById('state');

//! [connect]
const session = `session_${Date.now()}`;
const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
const socket = new WebSocket(`${scheme}://${location.host}/ws/chat/${session}`);
//! [connect]

// A new message, or more text of the answer that is being written.
let answer = null;

function addMessage(content, kind) {
    const message = document.createElement('div');
    message.className = `message ${kind}`;
    message.textContent = content;
    messages.append(message);
    messages.scrollTop = messages.scrollHeight;
    return message;
}

//! [send]
composer.addEventListener('submit', (event) => {
    event.preventDefault();
    const message = text.value.trim();
    if (message === '')
        return;
    addMessage(message, 'user');
    socket.send(JSON.stringify({ message, agent: 'default' }));
    text.value = '';
});
//! [send]

//! [receive]
socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.type === 'chunk') {
        answer ??= addMessage('', 'answer');
        answer.append(frame.content);
        messages.scrollTop = messages.scrollHeight;
    } else if (frame.type === 'complete') {
        answer = null;
    } else if (frame.type === 'error') {
        answer = null;
        addMessage(frame.error, 'error');
    }
});
//! [receive]

socket.addEventListener('open', () => {
    state.textContent = 'Connected';
    send.disabled = false;
});

socket.addEventListener('close', () => {
    state.textContent = 'Disconnected';
    send.disabled = true;
});
