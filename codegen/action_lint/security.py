"""How a call is let in, and that no secret is on its way to a model."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from codegen.action_lint.finding import ERROR, WARNING, Problem, Rule
from codegen.action_lint.spec import Spec, listed
from codegen.document import join, mapping

_SCHEMES = "/components/securitySchemes"
# The only ones whose sign-in may be on another host than the server.
_OTHERS = (
    "adobe.com", "adobelogin.com",
    "google.com", "googleapis.com",
    "live.com", "microsoft.com", "microsoftonline.com",
)  # fmt: skip
_SECRET_NAMES = frozenset(
    """accesskey accesstoken apikey apisecret apitoken authorization authtoken bearer clientsecret
    code functionkey key password passwd secret token xapikey""".split()  # noqa: SIM905
)
_SECRETS = re.compile(
    r"[?&](?:access_token|api_?key|client_secret|code|key|password|secret|sig|token)=[^&\s{]{6,}"
    r"|\bBearer\s+[A-Za-z0-9._~+/-]{16,}"
    r"|\b(?:sk-|gh[pousr]_|xox[abp]-|AKIA)[A-Za-z0-9_-]{12,}"
    r"|://[^/\s:@]+:[^/\s@]+@",
    re.IGNORECASE,
)


def _schemes(spec: Spec) -> Iterator[Problem]:
    schemes = mapping(spec.components.get("securitySchemes"))
    if len(schemes) > 1:
        yield Problem(_SCHEMES, f"{len(schemes)} security schemes; keep one")
    for name, scheme in schemes.items():
        if not _is_taken(mapping(scheme)):
            message = (
                f"'{name}' is none that can be chosen: http bearer or basic, apiKey in a header, "
                "oauth2 by authorizationCode"
            )
            yield Problem(join(_SCHEMES, name), message)
    yield from _uses("/security", spec.root, schemes)
    for at in spec.operations:
        yield from _uses(join(at.pointer, "security"), at.node, schemes)


def _is_taken(scheme: Mapping[str, Any]) -> bool:
    match scheme.get("type"):
        case "http":
            return str(scheme.get("scheme", "")).lower() in ("basic", "bearer")
        case "apiKey":
            return scheme.get("in") == "header"
        case "oauth2":
            return "authorizationCode" in mapping(scheme.get("flows"))
        case _:
            return False


def _uses(pointer: str, holder: Mapping[str, Any], schemes: Mapping[str, Any]) -> Iterator[Problem]:
    if "security" not in holder:
        return
    security = holder["security"]
    if not isinstance(security, list):
        yield Problem(pointer, "'security' is a list: [] or one entry that names the scheme")
    for index, entry in enumerate(listed(security)):
        if list(mapping(entry)) != list(mapping(entry).keys() & schemes.keys()) or not entry:
            place = join(pointer, index)
            yield Problem(place, "this names no security scheme of the components; name the one")


def _sign_in(spec: Spec) -> Iterator[Problem]:
    servers = listed(spec.root.get("servers"))
    host = _host(mapping(servers[0]).get("url")) if servers else None
    for name, scheme in mapping(spec.components.get("securitySchemes")).items():
        flows = mapping(mapping(scheme).get("flows"))
        for kind, flow in flows.items():
            for key in ("authorizationUrl", "tokenUrl"):
                other = _host(mapping(flow).get(key))
                if other and other != host and not _is_exempt(other):
                    place = join(_SCHEMES, name, "flows", kind, key)
                    message = f"'{other}' is not the server's host, '{host}'; sign in there"
                    yield Problem(place, message)


def _host(url: object) -> str | None:
    try:
        return urlsplit(url).hostname if isinstance(url, str) else None
    except ValueError:
        return None


def _is_exempt(host: str) -> bool:
    return any(host == other or host.endswith(f".{other}") for other in _OTHERS)


def _secrets(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        for argument in spec.arguments(at):
            if re.sub(r"[^a-z]", "", argument.name.lower()) in _SECRET_NAMES:
                message = (
                    f"'{argument.name}' looks like a secret, which a model would invent and the "
                    "consent prompt show; leave it to the security scheme"
                )
                yield Problem(argument.pointer, message)
    for pointer, text in _texts(spec.root, ""):
        if _SECRETS.search(text):
            yield Problem(pointer, "this looks like a secret; whoever imports the spec reads it")


def _texts(node: object, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield pointer, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(value, join(pointer, key))
            if pointer == "/paths":
                yield join(pointer, key), key
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _texts(value, join(pointer, index))


RULES = (
    Rule(
        "GA022",
        ERROR,
        "at most one security scheme, of a kind that can be chosen; `security` is a list that "
        "names it",
        _schemes,
        (
            "Found multiple security schemes, only 1 is supported",
            "('security',) Input should be a valid list",
        ),
    ),
    Rule(
        "GA023",
        ERROR,
        "the addresses of oauth2 are on the server's host, or Google's, Microsoft's or Adobe's",
        _sign_in,
    ),
    Rule("GA029", WARNING, "no argument and no text looks like a secret", _secrets),
)
