"""What needs no client key: health, the Action spec, the privacy page, and what is not there."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import orjson

from discogs_proxy import __version__, hint, privacy, trace
from discogs_proxy.errors import MethodNotAllowed, NotFound, ProxyError
from discogs_proxy.exchange import Answer, Inbound
from discogs_proxy.face import AGENT_PREFIX, public_address
from discogs_proxy.operation import Operation
from discogs_proxy.settings import Settings

HEALTH = "healthz"
ACTION_SPEC = "openapi.json"
PRIVACY = "privacy"
_OWN = (HEALTH, ACTION_SPEC, PRIVACY)
_JSON = (("Content-Type", "application/json"),)
_PAGE = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
# What stands in the file for the address of the proxy.
_PLACEHOLDER = b"https://gateway.example/api"


def health(settings: Settings) -> Answer:
    """Say which version runs and whether its secrets are resolved; never what they are."""
    unresolved = settings.unresolved
    secrets = {
        name: "unresolved" if name in unresolved else "resolved"
        for name in ("DISCOGS_TOKEN", "X_API_KEY")
    }
    status = "secrets_unresolved" if unresolved else "ok"
    report = {"status": status, "version": __version__, "settings": secrets}
    return Answer(200, _JSON, orjson.dumps(report))


def action_spec(path: Path, settings: Settings, inbound: Inbound) -> Answer:
    """Return the Action spec with the address that this request was sent to put into it."""
    address = public_address(settings, inbound.url).encode()
    return Answer(200, _JSON, _load(path).replace(_PLACEHOLDER, address))


@cache
def _load(path: Path) -> bytes:
    return orjson.dumps(orjson.loads(path.read_bytes()))


def privacy_page(settings: Settings) -> Answer:
    """Say what becomes of what callers send."""
    return Answer(200, _PAGE, privacy.page(settings.privacy_contact).encode())


def unrouted(
    operations: Iterable[Operation],
    inbound: Inbound,
    clock: Callable[[], float],
    new_id: Callable[[], str],
) -> Answer:
    """Answer what no route took, and log it: 405 where the path has other verbs, else 404."""
    started = clock()
    path = inbound.route_params.get("path", "")
    trace_id = trace.trace_id(inbound.headers, new_id)
    refusal = _refusal(operations, path, inbound.method)
    is_agent = f"/{path}/".startswith(f"{AGENT_PREFIX}/")
    answer = refusal.answer(trace_id, hint.advice(refusal, {}) if is_agent else None)
    fields = {"error": refusal.error, "reason": refusal.reason, "method": inbound.method}
    trace.log_call("unrouted", answer.status, clock() - started, trace_id, fields)
    headers = (*answer.headers, ("X-Request-Id", trace_id))
    return Answer(answer.status, headers, answer.body)


def _refusal(operations: Iterable[Operation], path: str, method: str) -> ProxyError:
    allowed = _allowed(operations, path)
    if allowed and method not in allowed:
        verbs = ", ".join(allowed)
        message = f"This path answers {verbs}, not {method}."
        return MethodNotAllowed("verb", message, headers=(("Allow", verbs),))
    return NotFound("route", "The proxy has no such path; those of Discogs begin with /api.")


def _allowed(operations: Iterable[Operation], path: str) -> list[str]:
    """Return the verbs of a path; where several templates fit it, those of the most literal."""
    described = [(operation.path, operation.method) for operation in operations]
    routes = [*((path, "GET") for path in _OWN), *described]
    fitting = [(_rank(template), verb) for template, verb in routes if _matches(template, path)]
    most_literal = max((rank for rank, _ in fitting), default=())
    verbs = {verb for rank, verb in fitting if rank == most_literal}
    return sorted(verbs | ({"HEAD"} if "GET" in verbs else set()))


def _rank(template: str) -> tuple[bool, ...]:
    return tuple(not segment.startswith("{") for segment in template.strip("/").split("/"))


def _matches(template: str, path: str) -> bool:
    wanted, given = template.strip("/").split("/"), path.strip("/").split("/")
    return len(wanted) == len(given) and all(
        (w.startswith("{") and g != "") or w.lower() == g.lower()
        for w, g in zip(wanted, given, strict=True)
    )
