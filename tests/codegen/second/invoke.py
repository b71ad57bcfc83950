"""Index an app folder, make the calls given to it, print what came and what its upstream was asked.

Run as a program by the test: an interpreter can index one app only. The calls, and the upstream's
answers by method and path, come as JSON on standard input.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

import httpx

from sandbox.host.app import FunctionsHost


class Upstream:
    """Answers by a script, and remembers what it was asked."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    async def __call__(self, scope, receive, send):
        event = await receive()
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        body = event.get("body", b"").decode()
        target = f"{scope['method']} {scope['path']}"
        query = scope["query_string"].decode()
        self.asked.append({"target": target, "query": query, "headers": headers, "body": body})
        status, answer = self.answers.get(target, [404, {"message": "No such thing."}])
        kind = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": kind})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})


async def main(folder, script):
    """Return the functions found, what each call was answered, and what the upstream was asked."""
    host = FunctionsHost(folder)
    await host.start()
    import function_app

    upstream = Upstream(script["upstream"])
    function_app.network.transport = httpx.ASGITransport(upstream)
    answers = []
    transport = httpx.ASGITransport(host)
    async with httpx.AsyncClient(transport=transport, base_url="http://games.test") as client:
        for method, target, headers, body in script["calls"]:
            keyed = {"x-api-key": "k", **headers}
            response = await client.request(method, target, headers=keyed, json=body)
            answers.append([response.status_code, response.json()])
    functions = {function.name: function.route for function in host.functions}
    return {"functions": functions, "answers": answers, "asked": upstream.asked}


if __name__ == "__main__":
    os.environ.update(
        X_API_KEY="k", DISCOGS_TOKEN="t", DISCOGS_BASE_URL="http://games", ALLOW_WRITES="true"
    )
    print(json.dumps(asyncio.run(main(Path(sys.argv[1]), json.load(sys.stdin)))))
