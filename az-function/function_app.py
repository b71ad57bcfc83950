"""The Function app: everything is put together here, and nothing else happens here."""

import asyncio
import logging
import os
import random
import time
import uuid
from pathlib import Path

import azure.functions as func

import discogs_api
from discogs_api.operations import OPERATIONS
from discogs_api.routes import blueprint
from discogs_proxy import azure_adapter, open_routes
from discogs_proxy.chain import chain, owner
from discogs_proxy.drift_watch import DriftWatch, Report
from discogs_proxy.exchange import Send
from discogs_proxy.gateway import Gateway
from discogs_proxy.local_state import local_state
from discogs_proxy.network import Network
from discogs_proxy.settings import Settings
from discogs_proxy.state import State

# The worker's root logger decides where lines go; this one only says that calls are worth one.
logging.getLogger("discogs_proxy").setLevel(logging.INFO)

_ACTION_SPEC = Path(discogs_api.__file__).parents[1] / "gpt-action" / "openapi.json"
_SHAPES = Path(discogs_api.__file__).with_name("shapes.json")
_READ = ("GET", "HEAD")


def _new_id() -> str:
    return uuid.uuid4().hex


def _state() -> State:
    own = local_state(settings, time.monotonic, random.random)
    if settings.state_url is None:
        return own
    # Nobody who is on his own pays for loading it.
    from discogs_proxy import redis_state, shared_state  # noqa: PLC0415

    client = redis_state.connect(settings.state_url)
    store = redis_state.Store(client, owner(settings), _new_id, random.random)
    return redis_state.open_state(
        store, settings, shared_state.Link(store.ping, asyncio.sleep), own
    )


def _drift_report() -> Report:
    # The first answer that is looked at pays for loading it, when its caller has it already.
    from discogs_proxy import drift_report, shape  # noqa: PLC0415

    return drift_report.Report(shape.read(_SHAPES.read_bytes()), time.monotonic)


def _watched(send: Send) -> Send:
    share = settings.drift_sample
    return DriftWatch(send, _drift_report, share, random.random, asyncio.sleep) if share else send


settings = Settings.from_environment(os.environ)
network = Network(settings.discogs_base_url, settings.user_agent)
state = _state()
send = chain(
    _watched(network.send),
    settings,
    state,
    clock=time.monotonic,
    sleep=asyncio.sleep,
    random=random.random,
)
gateway = Gateway(settings, send, time.monotonic, _new_id, state.quotas)

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
app.register_functions(blueprint(azure_adapter.handler(gateway)))


@app.function_name("healthz")
@app.route(route=open_routes.HEALTH, methods=_READ)
async def healthz(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the host names it
    """Say whether the proxy is ready."""
    return azure_adapter.response(open_routes.health(settings))


@app.function_name("openapi_json")
@app.route(route=open_routes.ACTION_SPEC, methods=_READ)
async def openapi_json(req: func.HttpRequest) -> func.HttpResponse:
    """Serve the Action spec for import by address."""
    request = azure_adapter.inbound(req)
    return azure_adapter.response(open_routes.action_spec(_ACTION_SPEC, settings, request))


# The host tries routes in the order of their names, so that this one has to come last.
@app.function_name("zz_unrouted")
@app.route(route="{*path}")
async def unrouted(req: func.HttpRequest) -> func.HttpResponse:
    """Answer what no other route took."""
    request = azure_adapter.inbound(req)
    return azure_adapter.response(
        open_routes.unrouted(OPERATIONS, request, time.monotonic, _new_id)
    )
