// builds: check-1.11 runnel-server runnel_e2e
// lacks: ‘Notice’ was not declared => There is no struct Notice yet. => shared/protocol/frames.h
// lacks: from ‘runnel::Notice’ to .*ServerFrame => There is a struct Notice, but it is no frame: ServerFrame does not have it. => shared/protocol/frames.h, the variant ServerFrame

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { check, comes, compiled, dialChat, expect, need, startServer, tree } from '../../lib/check.mjs';

const sentence = 'Down on Sunday: "new disks".';
const server = 'server/chat/chatconnection.cpp, the constructor, where `session` is sent';
const page = 'frontend/js/';

// A module of the page, which needs no browser; null when it cannot be loaded.
async function moduleOf(name) {
    try {
        return await import(pathToFileURL(join(tree, page, name)));
    } catch (error) {
        expect(false, { missing: `${name} cannot be loaded: ${error.message}`, look: page + name });
        return null;
    }
}

// The frames that a client gets before anything was asked, as text; `last` says which is the last one.
async function greeted(started, protocol, last = () => false) {
    const frames = [];
    const client = await dialChat(started, 'someone', { protocol, received: (text) => { frames.push(text); } });
    await comes(() => client.isCut || frames.some(last), protocol ? 5000 : 1000);
    return frames;
}

const isSnapshot = (text) => text.includes('"type":"snapshot"');
const typeOf = (text) => text === '' ? 'nothing' : JSON.parse(text).type;

await check(async () => {
    await compiled('1.11');

    const silent = await startServer();
    need(silent.url, { right: 'The server starts.', missing: `The server does not start: ${silent.log()}` });
    const without = (await greeted(silent, 'runnel.v1', isSnapshot)).map(typeOf);
    expect(!without.includes('notice'), {
        right: 'Without the setting NOTICE nothing is said.',
        missing: 'Without the setting NOTICE a notice is sent all the same.',
        look: server,
    });

    const speaking = await startServer({ env: { NOTICE: sentence } });
    need(speaking.url, { right: 'With it the server starts.', missing: `With NOTICE it does not start: ${speaking.log()}`, look: 'server/app/settings.cpp' });
    const frames = await greeted(speaking, 'runnel.v1', isSnapshot);
    const types = frames.map(typeOf);
    const notice = frames[types.indexOf('notice')];
    need(notice && JSON.parse(notice).text === sentence, {
        right: 'With NOTICE set, whoever connects is told it.',
        missing: notice ? `With NOTICE set, whoever connects is told ${notice}.` : `With NOTICE set, whoever connects gets ${types.join(', ') || 'no frame'}, and no notice.`,
        look: `${server}; how the setting comes there: server/app/settings.cpp, serverapp.cpp`,
    });
    expect(types[0] === 'session', {
        right: 'The frame session is still the first one.',
        missing: `The first frame of a connection is to be session, and is ${types[0]}: clients wait for it.`,
        look: server,
    });
    const plain = await greeted(speaking);
    expect(plain.length === 0, {
        right: 'A client that speaks v0 gets nothing that it does not know.',
        missing: `A client that speaks v0 has no word for it and gets ${plain[0] === '' ? 'an empty frame' : plain[0]}.`,
        look: `${server}, and at what encode() gives in v0`,
    });

    const protocol = await moduleOf('protocol.js');
    const reducer = await moduleOf('reducer.js');
    if (!protocol || !reducer)
        return;
    const frame = protocol.decode(notice);
    need(frame?.type === 'notice' && frame.text === sentence, {
        right: 'The page understands it.',
        missing: `The page makes ${JSON.stringify(frame)} of it.`,
        look: `${page}protocol.js: Type, and serverFrames`,
    });
    expect(protocol.decode('{"type":"notice"}') === null, {
        right: 'One without a text is none for the page.',
        missing: 'The page takes a notice without a text.',
        look: `${page}protocol.js, serverFrames`,
    });
    const told = reducer.reduce(reducer.initialState(), frame);
    expect(told.notice?.error === sentence, {
        right: 'It shows it where it shows notices.',
        missing: `The state's notice is ${JSON.stringify(told.notice)} after it.`,
        look: `${page}reducer.js, and at strip.js, which shows state.notice`,
    });
    const dismissed = reducer.reduce(told, { type: reducer.Local.dismiss });
    expect(dismissed.notice === null && reducer.reduce(dismissed, frame).notice === null, {
        right: 'Who has hidden it does not see it again when the connection comes back.',
        missing: 'Who has hidden it sees it again when the connection comes back.',
        look: `${page}reducer.js: what was said last has to be kept`,
    });
});
