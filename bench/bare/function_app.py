"""The routes of the proxy in front of the least a handler can do: the same bytes for everything."""

import os
from pathlib import Path

import azure.functions as func

from discogs_api.routes import blueprint

_BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


async def _handle(_operation: object, _request: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(_BODY, mimetype="application/json")


app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
app.register_functions(blueprint(_handle, _handle))
