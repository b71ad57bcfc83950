"""The Function app: everything is put together here, and nothing else happens here."""

import asyncio
import logging
import os
import random
import time
from dataclasses import replace
from pathlib import Path

import azure.functions as func

import discogs_api
from discogs_api.agent_operations import AGENT_OPERATIONS
from discogs_api.operations import OPERATIONS
from discogs_api.routes import blueprint
from discogs_proxy import azure_adapter, open_routes
from discogs_proxy.chain import chain, owner
from discogs_proxy.drift_watch import DriftWatch, Report
from discogs_proxy.exchange import Send
from discogs_proxy.gateway import Gateway
from discogs_proxy.local_state import local_state
from discogs_proxy.measuring import MeasuredCircuit, with_telemetry
from discogs_proxy.network import Network
from discogs_proxy.recent import Recent
from discogs_proxy.settings import Settings
from discogs_proxy.state import State
from discogs_proxy.telemetry import SILENT, Telemetry

# The worker's root logger decides where lines go; this one only says that calls are worth one.
logging.getLogger("discogs_proxy").setLevel(logging.INFO)

_ACTION_SPEC = Path(discogs_api.__file__).parents[1] / "gpt-action" / "openapi.json"
_SHAPES = Path(discogs_api.__file__).with_name("shapes.json")
_READ = ("GET", "HEAD")
_ROUTED = (*OPERATIONS, *(offered.face for offered in AGENT_OPERATIONS))


def _new_id() -> str:
    return os.urandom(16).hex()


def _state() -> State:
    own = local_state(settings, time.monotonic, random.random)
    if settings.state_url is None:
        return own
    # Nobody who is on his own pays for loading it.
    from discogs_proxy import redis_credentials, redis_state, redis_store, store_link  # noqa: PLC0415

    client = redis_credentials.connect(
        settings.state_url, settings.state_identity, asyncio.sleep, time.time
    )
    store = redis_store.Store(client, owner(settings), _new_id, random.random)
    link = store_link.Link(store.ping, asyncio.sleep)
    return redis_state.open_state(store, settings, link, own)


def _drift_report() -> Report:
    # The first answer that is looked at pays for loading it, when its caller has it already.
    from discogs_proxy import drift_report, shape  # noqa: PLC0415

    return drift_report.Report(shape.read(_SHAPES.read_bytes()), time.monotonic, telemetry)


def _telemetry() -> Telemetry:
    if settings.insights is None:
        return SILENT
    # It takes longer to import than all else together.
    from discogs_proxy import azure_monitor  # noqa: PLC0415

    return azure_monitor.start(settings.insights, settings.discogs_base_url, time.monotonic)


def _watched(send: Send) -> Send:
    share = settings.drift_sample
    return DriftWatch(send, _drift_report, share, random.random, asyncio.sleep) if share else send


settings = Settings.from_environment(os.environ)
network = Network(settings.discogs_base_url, settings.user_agent)
telemetry = _telemetry()
state = _state()
send = chain(
    with_telemetry(_watched(network.send), telemetry),
    settings,
    replace(state, circuit=MeasuredCircuit(state.circuit, telemetry)),
    clock=time.monotonic,
    sleep=asyncio.sleep,
    random=random.random,
)
gateway = Gateway(settings, send, time.monotonic, _new_id, state.quotas, telemetry)

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
app.register_functions(
    blueprint(
        azure_adapter.handler(gateway, Recent(settings.presented_bytes)),
        azure_adapter.agent_handler(gateway, state, time.time),
    )
)


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


@app.function_name("privacy")
@app.route(route=open_routes.PRIVACY, methods=_READ)
async def privacy(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the host names it
    """Serve the privacy page."""
    return azure_adapter.response(open_routes.privacy_page(settings))


# The host tries routes in the order of their names, so that this one has to come last.
@app.function_name("zz_unrouted")
@app.route(route="{*path}")
async def unrouted(req: func.HttpRequest) -> func.HttpResponse:
    """Answer what no other route took."""
    request = azure_adapter.inbound(req)
    return azure_adapter.response(open_routes.unrouted(_ROUTED, request, time.monotonic, _new_id))
