// What a Node developer would write: ws, and node's own http to Gemini. The shape is that of the workshop's Python code,
// as in ../fastapi.
"use strict";

const http = require("node:http");
const { StringDecoder } = require("node:string_decoder");
const { WebSocketServer } = require("ws");

const MODEL = "gemini-flash-latest";
const AGENTS = { default: { instruction: "Be helpful." } };
const base = new URL(process.env.GOOGLE_GEMINI_BASE_URL);

/** Calls `onData` with what stands behind each `data:` of a stream of server-sent events, however it is cut. */
class SseParser {
  constructor(onData) {
    this.onData = onData;
    this.decoder = new StringDecoder("utf8");
    this.rest = "";
  }

  push(bytes) {
    const text = this.rest + this.decoder.write(bytes);
    let begin = 0;
    for (let end; (end = text.indexOf("\n", begin)) >= 0; begin = end + 1) {
      if (text.startsWith("data:", begin)) this.onData(text.slice(begin + "data:".length, end));
    }
    this.rest = text.slice(begin);
  }
}

class AgentManager {
  constructor() {
    this.sessions = new Map();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: Infinity });
  }

  /** Gives the text as it comes; resolves at the end of the answer. */
  streamChat(sessionId, message, instruction, onText) {
    let history = this.sessions.get(sessionId);
    if (!history) this.sessions.set(sessionId, (history = []));
    history.push({ role: "user", parts: [{ text: message }] });
    const body = JSON.stringify({
      contents: history,
      systemInstruction: { parts: [{ text: `${instruction} Today is ${new Date().toISOString().slice(0, 10)}.` }] },
    });
    let answer = "";
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          agent: this.agent,
          protocol: base.protocol,
          hostname: base.hostname,
          port: base.port,
          method: "POST",
          path: `/v1beta/models/${MODEL}:streamGenerateContent?alt=sse`,
          headers: {
            "Content-Type": "application/json",
            "Content-Length": Buffer.byteLength(body),
            "x-goog-api-key": process.env.GOOGLE_API_KEY,
          },
        },
        (response) => {
          if (response.statusCode !== 200) {
            response.resume();
            reject(new Error(`The model answered ${response.statusCode}`));
            return;
          }
          const parser = new SseParser((data) => {
            for (const candidate of JSON.parse(data).candidates ?? []) {
              for (const part of candidate.content?.parts ?? []) {
                if (part.text) {
                  answer += part.text;
                  onText(part.text);
                }
              }
            }
          });
          response.on("data", (bytes) => {
            try {
              parser.push(bytes);
            } catch (error) {
              request.destroy(error);
            }
          });
          response.on("end", () => {
            history.push({ role: "model", parts: [{ text: answer }] });
            resolve();
          });
          response.on("error", reject);
        },
      );
      request.setNoDelay(true);
      request.on("error", reject);
      request.end(body);
    });
  }
}

const agentManager = new AgentManager();

async function answer(socket, sessionId, text) {
  const send = (frame) => socket.send(JSON.stringify(frame));
  try {
    const { message = "", agent = "default" } = JSON.parse(text);
    if (!Object.hasOwn(AGENTS, agent)) {
      const known = Object.keys(AGENTS).join(", ");
      send({ type: "error", error: `Agent '${agent}' not found. Available: ${known}`, code: "unknown_agent" });
      return;
    }
    await agentManager.streamChat(sessionId, message, AGENTS[agent].instruction, (content) =>
      send({ type: "chunk", content, agent }),
    );
    send({ type: "complete", agent });
  } catch (error) {
    send({ type: "error", error: String(error) });
  }
}

const server = http.createServer((request, response) => response.writeHead(404).end());
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on("upgrade", (request, stream, head) => {
  const sessionId = /^\/ws\/chat\/([A-Za-z0-9_-]{1,64})$/.exec(request.url)?.[1];
  if (!sessionId) {
    stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    return;
  }
  sockets.handleUpgrade(request, stream, head, (socket) => {
    socket.on("error", () => socket.terminate());
    socket.on("message", (data) => answer(socket, sessionId, data.toString()));
  });
});
server.listen({ host: "127.0.0.1", port: Number(process.env.PORT ?? 0), backlog: 2048 }, () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}`);
});
