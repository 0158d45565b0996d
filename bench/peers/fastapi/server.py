"""The original's way: FastAPI, a WebSocket endpoint, an agent manager that streams Gemini's answer.

The shape is that of the workshop's Python code. Two things are kinder to it than the original: the
answer is read by httpx and json alone, without the layers of Google's client library, and uvicorn
runs on uvloop and httptools.
"""

import datetime
import json
import os
import socket
import sys

import httpx
import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

MODEL = "gemini-flash-latest"
AGENTS = {"default": "Be helpful."}


class AgentManager:
    def __init__(self, base_url: str, api_key: str):
        self.sessions: dict[str, list[dict]] = {}
        # httpx stops at 100 connections by default.
        self.client = httpx.AsyncClient(
            base_url=base_url,
            headers={"x-goog-api-key": api_key},
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=None),
            timeout=httpx.Timeout(60.0, pool=None),
        )

    async def stream_chat(self, session_id: str, message: str, agent_name: str):
        if agent_name not in AGENTS:
            known = ", ".join(AGENTS)
            error = f"Agent '{agent_name}' not found. Available: {known}"
            yield {"type": "error", "error": error, "code": "unknown_agent"}
            return
        history = self.sessions.setdefault(session_id, [])
        history.append({"role": "user", "parts": [{"text": message}]})
        today = datetime.date.today().isoformat()
        request = {
            "contents": history,
            "systemInstruction": {"parts": [{"text": f"{AGENTS[agent_name]} Today is {today}."}]},
        }
        full_response = ""
        url = f"/v1beta/models/{MODEL}:streamGenerateContent?alt=sse"
        async with self.client.stream("POST", url, json=request) as response:
            response.raise_for_status()
            async for line in response.aiter_lines():
                if not line.startswith("data:"):
                    continue
                event = json.loads(line[len("data:"):])
                for candidate in event.get("candidates", ()):
                    for part in candidate.get("content", {}).get("parts", ()):
                        text = part.get("text")
                        if text:
                            full_response += text
                            yield {"type": "chunk", "content": text, "agent": agent_name}
        history.append({"role": "model", "parts": [{"text": full_response}]})
        yield {"type": "complete", "agent": agent_name}


app = FastAPI()
agent_manager = AgentManager(os.environ["GOOGLE_GEMINI_BASE_URL"], os.environ["GOOGLE_API_KEY"])


@app.websocket("/ws/chat/{session_id}")
async def websocket_chat(websocket: WebSocket, session_id: str):
    await websocket.accept()
    try:
        while True:
            data = await websocket.receive_text()
            message_data = json.loads(data)
            try:
                async for chunk in agent_manager.stream_chat(
                    session_id=session_id,
                    message=message_data.get("message", ""),
                    agent_name=message_data.get("agent", "default"),
                ):
                    await websocket.send_json(chunk)
            except httpx.HTTPError as error:
                await websocket.send_json({"error": f"{type(error).__name__}: {error}"})
    except WebSocketDisconnect:
        pass


def main() -> None:
    listener = socket.create_server(("127.0.0.1", int(os.environ.get("PORT", "0"))), backlog=2048)

    class Server(uvicorn.Server):
        async def startup(self, sockets=None):
            await super().startup(sockets=sockets)
            print(f"Listening on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)

    config = uvicorn.Config(
        app, loop="uvloop", http="httptools", ws="websockets", log_level="warning", access_log=False
    )
    Server(config).run(sockets=[listener])


if __name__ == "__main__":
    sys.exit(main())
