"""`python -m bench.serve FOLDER`: one function app in the sandbox's host; prints its port."""

import asyncio
import sys
from pathlib import Path

from sandbox.host.app import FunctionsHost
from sandbox.server import Server, bind, serve


async def _main(folder: Path) -> None:
    host = FunctionsHost(folder)
    await host.start()
    listener = bind(0)
    started, stop = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(serve([(Server(host), listener)], started, stop))
    await started.wait()
    print(listener.getsockname()[1], flush=True)
    await serving


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
