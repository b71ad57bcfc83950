"""Index an app folder with this interpreter's worker, make the calls given, print what came.

Run as a program by the tests, with interpreters that need nothing but what the app needs. The calls
come as JSON on standard input; each one meets a Discogs that remembers nothing of those before it.
"""

import asyncio
import base64
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from sandbox.host.app import FunctionsHost
from sandbox.lookalike.app import Lookalike
from sandbox.lookalike.limits import UNLIMITED


async def main(folder: Path, calls: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Return the worker's name, the functions found, and what each call was answered."""
    host = FunctionsHost(folder)
    await host.start()
    import function_app

    transport = httpx.ASGITransport(host)  # type: ignore[arg-type]
    answers = []
    async with httpx.AsyncClient(transport=transport, base_url="http://proxy.test") as client:
        for call in calls:
            discogs = httpx.ASGITransport(Lookalike(limits=UNLIMITED))  # type: ignore[arg-type]
            await function_app.network.close()
            function_app.network.transport = discogs
            response = await client.request(
                call["method"],
                call["target"],
                headers={"x-api-key": "k", **call.get("headers", {})},
                content=base64.b64decode(call.get("body", "")),
            )
            answers.append([response.status_code, response.text[:500]])
    return {
        "python": ".".join(map(str, sys.version_info[:2])),
        "is_native": "azure_functions_runtime" in sys.modules,
        "app": function_app.__file__,
        "telemetry": sorted({*sys.modules} & {"azure.monitor", "opentelemetry"}),
        "functions": sorted(function.name for function in host.functions),
        "answers": answers,
    }


if __name__ == "__main__":
    os.environ.update(
        X_API_KEY="k",
        DISCOGS_TOKEN="sandbox-token",
        DISCOGS_BASE_URL="http://discogs.test",
        ALLOW_WRITES="true",
    )
    print(json.dumps(asyncio.run(main(Path(sys.argv[1]), json.load(sys.stdin)))))
