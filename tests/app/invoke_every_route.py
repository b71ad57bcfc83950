"""Index an app folder with this interpreter's worker and call every route; print what came.

Run as a program by the tests, with interpreters that need nothing but what the app needs.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

import httpx

from sandbox.host.app import FunctionsHost
from sandbox.lookalike.app import Lookalike

TARGETS = (
    "/api/artists/1001",
    "/api/releases/4001",
    "/api/database/search?q=blue",
    "/api/database/search",
    "/api/healthz",
    "/api/openapi.json",
    "/api/unknown",
)


async def main(folder: Path) -> dict[str, object]:
    """Return the worker's name, the functions found, and the status of each target by verb."""
    host = FunctionsHost(folder)
    await host.start()
    import function_app

    function_app.network.transport = httpx.ASGITransport(Lookalike())
    transport = httpx.ASGITransport(host)
    statuses = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://proxy.test") as client:
        for target in TARGETS:
            for method in ("GET", "HEAD"):
                response = await client.request(method, target, headers={"x-api-key": "k"})
                statuses[f"{method} {target}"] = response.status_code
    return {
        "python": ".".join(map(str, sys.version_info[:2])),
        "is_native": "azure_functions_runtime" in sys.modules,
        "app": function_app.__file__,
        "functions": sorted(function.name for function in host.functions),
        "statuses": statuses,
    }


if __name__ == "__main__":
    os.environ.update(
        X_API_KEY="k", DISCOGS_TOKEN="sandbox-token", DISCOGS_BASE_URL="http://discogs.test"
    )
    print(json.dumps(asyncio.run(main(Path(sys.argv[1])))))
