// Google's own client against runnel-emulator: what it accepts, the product's clients may rely on.
// Run by ctest with the emulator's path in RUNNEL_EMULATOR and the packages beside this file's copy.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';

const model = 'gemini-flash-latest';

async function startEmulator(...flags) {
  const child = spawn(process.env.RUNNEL_EMULATOR, ['--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const match = line.match(/^Listening on (http:\/\/127\.0\.0\.1:\d+)$/);
    if (match) return { child, baseUrl: match[1] };
  }
  throw new Error('The emulator ended without listening.');
}

async function stop({ child }) {
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0, 'SIGTERM ends the emulator with 0');
}

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const textOf = (chunks) => chunks.map((chunk) => chunk.text ?? '').join('');
const partsOf = (chunks) => chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);

const weather = {
  name: 'get_weather',
  description: 'The current weather in a city.',
  parametersJsonSchema: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  },
};

for (const name of ['genai2', 'genai3']) {
  const { GoogleGenAI, ApiError, FunctionCallingConfigMode } = await import(name);

  describe(`@google/genai as ${name}`, () => {
    let emulator;
    let ai;

    const client = (apiKey) =>
      new GoogleGenAI({ apiKey, httpOptions: { baseUrl: emulator.baseUrl } });
    const failsWith = (status, call, pattern = /./) =>
      assert.rejects(call, (error) => {
        assert.ok(error instanceof ApiError, `an ApiError, not ${error}`);
        assert.equal(error.status, status);
        assert.match(error.message, pattern);
        return true;
      });

    before(async () => {
      emulator = await startEmulator('--scenario', 'faults', '--tokens-per-second', '0');
      ai = client('any-key');
    });
    after(() => stop(emulator));

    test('streams an answer in several chunks, with running usage and a signature at the end', async () => {
      const chunks = await collect(
        await ai.models.generateContentStream({
          model,
          contents: 'Explain quantum computing in simple terms',
        }),
      );
      assert.ok(chunks.length > 10, `${chunks.length} chunks`);
      assert.match(textOf(chunks), /qubits/);
      const last = chunks.at(-1);
      assert.equal(last.candidates[0].finishReason, 'STOP');
      assert.ok(partsOf([last])[0].thoughtSignature.length > 0);
      const totals = chunks.map((chunk) => chunk.usageMetadata.totalTokenCount);
      assert.deepEqual(totals, [...totals].sort((a, b) => a - b));
      const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount, totalTokenCount } =
        last.usageMetadata;
      assert.equal(totalTokenCount, promptTokenCount + candidatesTokenCount + thoughtsTokenCount);
    });

    test('shows thoughts apart from the answer when asked to', async () => {
      const chunks = await collect(
        await ai.models.generateContentStream({
          model,
          contents: 'Explain quantum computing',
          config: { thinkingConfig: { includeThoughts: true } },
        }),
      );
      const thoughts = partsOf(chunks).filter((part) => part.thought);
      assert.match(thoughts.map((part) => part.text).join(''), /light switch/);
      assert.doesNotMatch(textOf(chunks), /Finding the level/);
    });

    test('answers in one piece', async () => {
      const answer = await ai.models.generateContent({ model, contents: 'Hello' });
      assert.match(answer.text, /demo model/);
      assert.equal(answer.candidates[0].finishReason, 'STOP');
    });

    test('gives back odd text as it was sent', async () => {
      const odd = 'NUL \u0000, marks \u202e\u200f\ufeff, \u2028, "quotes" \\ and ' + '🧑‍🚀🎉'.repeat(3000);
      const chunks = await collect(
        await ai.models.generateContentStream({ model, contents: `Repeat after me: ${odd}` }),
      );
      assert.equal(textOf(chunks), odd);
    });

    test('remembers a chat', async () => {
      const chat = ai.chats.create({ model });
      await collect(await chat.sendMessageStream({ message: 'My name is Ada' }));
      await collect(await chat.sendMessageStream({ message: 'Show me a table' }));
      const name = await collect(await chat.sendMessageStream({ message: 'What is my name?' }));
      assert.match(textOf(name), /\*\*Ada\*\*/);
      const first = await collect(await chat.sendMessageStream({ message: 'What did I ask first?' }));
      assert.match(textOf(first), /> My name is Ada/);
    });

    test('counts tokens', async () => {
      const short = await ai.models.countTokens({ model, contents: 'Hello' });
      const long = await ai.models.countTokens({ model, contents: 'Hello '.repeat(100) });
      assert.equal(short.totalTokens, 1);
      assert.ok(long.totalTokens >= 100 && long.totalTokens <= 201, `${long.totalTokens}`);
    });

    test('lists models over several pages, and describes one', async () => {
      const names = [];
      for await (const item of await ai.models.list({ config: { pageSize: 3 } })) names.push(item.name);
      assert.ok(names.includes(`models/${model}`));
      assert.ok(names.length > 6);
      assert.equal(new Set(names).size, names.length);
      const one = await ai.models.get({ model });
      assert.equal(one.inputTokenLimit, 1048576);
    });

    test('calls a function, and answers with its result', async () => {
      const config = { tools: [{ functionDeclarations: [weather] }] };
      const contents = [
        { role: 'user', parts: [{ text: 'What is the weather in Paris and Tokyo?' }] },
      ];
      const chunks = await collect(
        await ai.models.generateContentStream({ model, contents, config }),
      );
      const calls = partsOf(chunks).filter((part) => part.functionCall);
      assert.deepEqual(calls.map((part) => part.functionCall.args), [{ city: 'Paris' }, { city: 'Tokyo' }]);
      assert.ok(calls[0].thoughtSignature);
      assert.equal(calls[1].thoughtSignature, undefined);
      assert.notEqual(calls[0].functionCall.id, calls[1].functionCall.id);

      contents.push({ role: 'model', parts: partsOf(chunks) });
      contents.push({
        role: 'user',
        parts: calls.map(({ functionCall: { id, name: called } }, i) => ({
          functionResponse: { id, name: called, response: { output: `${12 + i} degrees` } },
        })),
      });
      const answer = await collect(
        await ai.models.generateContentStream({ model, contents, config }),
      );
      assert.match(textOf(answer), /12 degrees[^]*13 degrees/);

      delete contents[1].parts[0].thoughtSignature;
      await failsWith(400, ai.models.generateContentStream({ model, contents, config }),
        /missing a thought_signature/);
      contents[2].parts.pop();
      await failsWith(400, ai.models.generateContentStream({ model, contents, config }),
        /number of function response parts/);
    });

    test('must call a function under mode ANY, and fills a schema with JSON', async () => {
      const answer = await ai.models.generateContent({
        model,
        contents: 'Hello',
        config: {
          tools: [{ functionDeclarations: [weather] }],
          toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
        },
      });
      assert.equal(answer.functionCalls[0].name, 'get_weather');
      const json = await ai.models.generateContent({
        model,
        contents: 'A recipe for 4 people',
        config: {
          responseMimeType: 'application/json',
          responseJsonSchema: {
            type: 'object',
            properties: { people: { type: 'integer' }, kind: { type: 'string', enum: ['soup', 'recipe'] } },
            required: ['people', 'kind'],
          },
        },
      });
      assert.deepEqual(JSON.parse(json.text), { people: 4, kind: 'recipe' });
    });

    test('keeps to maxOutputTokens and stop sequences', async () => {
      const cut = await ai.models.generateContent({
        model, contents: 'Tell me a story', config: { maxOutputTokens: 150 },
      });
      assert.equal(cut.candidates[0].finishReason, 'MAX_TOKENS');
      const used = cut.usageMetadata.candidatesTokenCount + cut.usageMetadata.thoughtsTokenCount;
      assert.equal(used, 150);
      const stopped = await ai.models.generateContent({
        model, contents: 'Repeat after me: one STOP two', config: { stopSequences: ['STOP'] },
      });
      assert.equal(stopped.text, 'one ');
    });

    const ask = (contents) => async () =>
      collect(await ai.models.generateContentStream({ model, contents }));

    test('a bad key is 400 API_KEY_INVALID', () =>
      failsWith(400, client('bad-key').models.generateContentStream({ model, contents: 'Hi' }), /API_KEY_INVALID/));
    test('an unknown model is 404', () =>
      failsWith(404, ai.models.generateContentStream({ model: 'gemini-1.5-flash', contents: 'Hi' }), /is not found for API version/));
    test('429 carries RetryInfo', () => failsWith(429, ask('fault 429'), /RetryInfo[^]*1\.5s/));
    test('the daily quota is 429 with PerDay', () => failsWith(429, ask('fault quota'), /PerDay/));
    test('500 and 503', async () => {
      await failsWith(500, ask('fault 500'), /INTERNAL/);
      await failsWith(503, ask('fault 503'), /overloaded/);
    });
    test('an HTML page of a proxy is an ApiError too', () => failsWith(502, ask('fault html'), /Bad Gateway/));
    test('an error in mid-stream comes after the first chunks', async () => {
      const seen = [];
      const read = async () => {
        for await (const chunk of await ai.models.generateContentStream({ model, contents: 'fault mid-stream' }))
          seen.push(chunk);
      };
      await failsWith(503, read, /overloaded/);
      assert.ok(seen.length >= 1);
    });
    test('a cut connection, and garbage, are errors', async () => {
      await assert.rejects(ask('fault cut'));
      await assert.rejects(ask('fault garbage'));
    });
    test('a blocked prompt has a reason and no candidates', async () => {
      const [chunk] = await ask('fault blocked')();
      assert.equal(chunk.promptFeedback.blockReason, 'PROHIBITED_CONTENT');
      assert.equal(chunk.candidates, undefined);
    });
    test('finish reasons other than STOP, and none at all', async () => {
      const reasonOf = async (message) => (await ask(message)()).at(-1).candidates[0].finishReason;
      assert.equal(await reasonOf('fault safety'), 'SAFETY');
      assert.equal(await reasonOf('fault max'), 'MAX_TOKENS');
      assert.equal(await reasonOf('fault empty'), 'STOP');
      assert.equal(await reasonOf('fault unfinished'), undefined);
      assert.equal(textOf(await ask('fault empty')()), '');
    });
    test('its own retries get through two failures', async () => {
      const patient = new GoogleGenAI({
        apiKey: 'k',
        httpOptions: { baseUrl: emulator.baseUrl, retryOptions: { attempts: 3, initialDelay: 0.01 } },
      });
      const answer = await patient.models.generateContent({ model, contents: 'flaky 503' });
      assert.equal(answer.text, 'It worked in the end.');
    });
    test('what Gemini refuses is refused', async () => {
      const refuses = (contents, config, pattern) =>
        failsWith(400, ai.models.generateContent({ model, contents, config }), pattern);
      await refuses([{ role: 'user', parts: [{ text: 'a' }] }, { role: 'model', parts: [{ text: 'b' }] }], {},
        /ending with a model turn/);
      await refuses('Hi', { thinkingConfig: { thinkingBudget: 5, thinkingLevel: 'LOW' } }, /only set only one/);
      await refuses('Hi', { temperature: 3 }, /range \[0\.0, 2\.0\]/);
    });
  });
}
