"""The address that calls go to."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from codegen.action_lint.finding import ERROR, Problem, Rule
from codegen.action_lint.spec import Spec, listed
from codegen.document import join, mapping

_NAME = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*")
# Names that nobody can own (RFC 2606), what samples say in their place, and this very machine.
_STANDS_IN = re.compile(
    r"localhost|(?:.*\.)?(?:example\.(?:com|net|org)|example|test|invalid|localhost|local)"
    r"|.*\byour[-.].*|.*\b(?:placeholder|changeme|todo)\b.*",
    re.IGNORECASE,
)
_TYPES = ("application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
_REDIRECTS = range(300, 400)
_OK = 200


def _server(spec: Spec) -> Iterator[Problem]:
    servers = spec.root.get("servers")
    count = len(listed(servers))
    if count != 1:
        yield Problem("/servers", f"{count} servers are listed; list exactly one")
    for index, server in enumerate(listed(servers)[:1]):
        if mapping(server).get("variables"):
            place = join("/servers", index, "variables")
            yield Problem(place, "no variable is filled in; write the address out")
        for wrong in _wrong(str(mapping(server).get("url", "")), spec.profile.placeholder):
            yield Problem(join("/servers", index, "url"), wrong)
    for at in spec.operations:
        if "servers" in at.node:
            message = f"{at} has servers of its own; all calls go to the one of the whole spec"
            yield Problem(join(at.pointer, "servers"), message)


def _wrong(url: str, placeholder: str | None) -> Iterator[str]:
    """Yield what is wrong with a server's address."""
    parts = _split(url)
    if parts is None or parts.scheme != "https" or not parts.netloc:
        yield f"'{url}' is no absolute https address; write one, such as https://api.acme.org/v1"
        return
    if parts.netloc != placeholder:
        yield from _unreal(parts.netloc)
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        yield "the address has a query or a fragment; leave it out"
    if "{" in url:
        yield "no variable is filled in; write the address out"
    elif parts.path.endswith("/"):
        yield "a slash ends the address, and the paths begin with one: calls would be 404"


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _unreal(host: str) -> Iterator[str]:
    if "@" in host:
        yield "the address names a user; credentials have no place in it"
    elif ":" in host:
        yield f"'{host}' has a port, or is no name; leave the port out, 443 it is"
    elif host != host.lower():
        yield f"'{host}' has capitals; write {host.lower()}"
    elif _STANDS_IN.fullmatch(host):
        yield f"'{host}' stands in for a host; write the real one"
    elif "{" not in host and not _NAME.fullmatch(host):
        yield f"'{host}' is no host name that has a public certificate; write the real one"


def _served(spec: Spec) -> Iterator[Problem]:
    served = spec.profile.served
    if served is None:
        return
    if served.status in _REDIRECTS:
        yield Problem("", f"{served.url} answers {served.status}; importers follow no redirect")
    elif served.status != _OK:
        yield Problem("", f"{served.url} answers {served.status} instead of 200")
    kind = served.content_type.partition(";")[0].strip().lower()
    if kind not in _TYPES:
        yield Problem("", f"{served.url} is of type '{kind}'; serve application/json")
    servers = listed(spec.root.get("servers"))
    own = _split(str(mapping(servers[0]).get("url", ""))) if servers else None
    host = _split(served.url)
    if own and host and own.hostname != host.hostname:
        message = f"the server is on '{own.hostname}', the spec on '{host.hostname}': use one host"
        yield Problem("/servers/0/url", message)


RULES = (
    Rule(
        "GA003",
        ERROR,
        "one server: an absolute https address, in lower case, without port or closing slash",
        _server,
        (
            "Could not find a valid URL in servers",
            "None of the provided servers is under the root origin https://h",
            "Server URL X is not under the root origin ...; ignoring it",
            "Multiple servers found, using ...",
            "Found multiple hostnames, dropping ...",
        ),
    ),
    Rule(
        "GA035",
        ERROR,
        "served with status 200, no redirect, as JSON or YAML, on the host of its server",
        _served,
        (
            "None of the provided servers is under the root origin https://h",
            "ClientResponseError",
        ),
    ),
)
