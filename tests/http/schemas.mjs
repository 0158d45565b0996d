// The schemas of docs/openapi.yaml and docs/asyncapi.yaml, to hold frames and replies against.
//
//   import { loadSchemas } from './schemas.mjs';
//   const schemas = loadSchemas(DIR);            // where openapi.json and asyncapi.json are: build/…/server/http/api
//   schemas.checkServerFrame(text, 'v1');        // throws an Error that says what is wrong
//   schemas.checkClientFrame(text, 'v1');
//   await schemas.checkReply('GET', '/api/health', response);   // a fetch Response; gives its body
//   await schemas.checkReply('GET', '/api/conversations/{id}', response);
//   schemas.checkEventStream(text);              // of POST /api/agents/chat; gives its frames
//
// Every address that checkReply sees must be in the document, with that status and that media type.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const pointer = (...parts) => '#/' + parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

export function loadSchemas(dir) {
    const openapi = JSON.parse(readFileSync(join(dir, 'openapi.json'), 'utf8'));
    const asyncapi = JSON.parse(readFileSync(join(dir, 'asyncapi.json'), 'utf8'));

    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema(openapi, 'openapi');
    ajv.addSchema(asyncapi, 'asyncapi');

    function check(schema, value, what) {
        const validate = ajv.getSchema(schema);
        if (!validate)
            throw new Error(`${schema} is in no document`);
        if (!validate(value)) {
            const wrong = validate.errors.map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`).join('; ');
            throw new Error(`${what} does not fit ${schema}: ${wrong}\n${JSON.stringify(value)}`);
        }
        return value;
    }

    // The messages of an operation, by their wire type; several of one type are told apart by trying.
    function schemasOf(operation) {
        return asyncapi.operations[operation].messages.map((reference) => {
            const inChannel = reference.$ref.slice(2).split('/').reduce((node, key) => node[key], asyncapi);
            const message = asyncapi.components.messages[inChannel.$ref.split('/').pop()];
            return { type: message.name, schema: 'asyncapi' + message.payload.$ref };
        });
    }

    function checkFrame(operation, text) {
        const frame = JSON.parse(text);
        const type = frame.type ?? 'message';
        const candidates = schemasOf(operation).filter((candidate) => candidate.type === type);
        if (candidates.length === 0)
            throw new Error(`A frame of type "${type}" is not in the document's "${operation}": ${text}`);
        const errors = [];
        for (const { schema } of candidates) {
            try {
                return check(schema, frame, 'The frame');
            } catch (error) {
                errors.push(error.message);
            }
        }
        throw new Error(errors.join('\n'));
    }

    const dialect = (name) => {
        if (name !== 'v1' && name !== 'v0')
            throw new Error(`There is no dialect "${name}"`);
        return name === 'v1' ? '' : 'V0';
    };

    async function checkReply(method, path, response) {
        const wanted = `${method} ${path} ${response.status}`;
        const type = (response.headers.get('content-type') ?? '').split(';')[0];
        const body = response.status === 204 ? null : /[/+]json$/.test(type) ? await response.json() : await response.text();
        const operation = openapi.paths[path]?.[method.toLowerCase()];
        if (type === 'application/problem+json') {
            check('openapi' + pointer('components', 'schemas', 'Problem'), body, wanted);
            if (body.status !== response.status)
                throw new Error(`${wanted}: the problem says ${body.status}`);
        }
        if (!operation) {
            if (response.status !== 404 && response.status !== 405)
                throw new Error(`${wanted} is in no document`);
            return body;
        }
        const key = [String(response.status), `${String(response.status)[0]}XX`].find((one) => operation.responses[one]);
        const stated = operation.responses[key];
        if (!stated)
            throw new Error(`${wanted} is not in the document`);
        if (stated.$ref) {
            if (type !== 'application/problem+json')
                throw new Error(`${wanted} came as "${type}"`);
        } else if (!stated.content) {
            if (body !== null)
                throw new Error(`${wanted} came with a body`);
        } else if (!stated.content[type]) {
            throw new Error(`${wanted} came as "${type}", which is not in the document`);
        } else if (type === 'text/event-stream') {
            checkEventStream(body);
        } else {
            check('openapi' + pointer('paths', path, method.toLowerCase(), 'responses', key, 'content', type, 'schema'), body, wanted);
        }
        return body;
    }

    function checkEventStream(text) {
        if (!text.endsWith('\n\n'))
            throw new Error('The stream does not end with a whole event');
        const events = text.slice(0, -2).split('\n\n').filter((event) => !event.startsWith(':'));
        return events.map((event) => {
            const lines = event.split('\n').map((line) => line.split(/: (.*)/s));
            const fields = Object.fromEntries(lines);
            if (lines.some(([name]) => !['event', 'id', 'data'].includes(name)))
                throw new Error(`An event has a line that is none: ${event}`);
            const frame = checkFrame('tell', fields.data);
            if (frame.type !== fields.event)
                throw new Error(`The event "${fields.event}" carries a frame of type "${frame.type}"`);
            if (frame.seq !== undefined && String(frame.seq) !== fields.id)
                throw new Error(`The event "${fields.id}" carries the frame ${frame.seq}`);
            return frame;
        });
    }

    return {
        openapi,
        asyncapi,
        checkServerFrame: (text, name = 'v1') => checkFrame('tell' + dialect(name), text),
        checkClientFrame: (text, name = 'v1') => checkFrame('say' + dialect(name), text),
        checkReply,
        checkEventStream,
    };
}
