"""Claim that no secret and nothing sent gets out, whatever happens: one sweep over everything."""

import json
import logging

import httpx
import pytest

from discogs_api.operations import GET_ARTIST, GET_RELEASE, SEARCH
from discogs_proxy.agent_operation import AgentOperation
from tests.proxy.support.agent_operations import ADD_COPY, ALBUM, MOVE, REMOVE
from tests.proxy.support.operations import FOLDER, MESSAGE, ORDER, RATE
from tests.proxy.support.rig import KEY, KEYED, TOKEN, WRITES, proxy
from tests.proxy.support.upstream import Reply, Silence, reply

OTHER_KEY = "canary-second-key-0c77"
VALUE = "canary-query-value-b2e9"
BODY = "canary-body-text-63fa"
CLIENT = "canary-client-header-f18d"

_JSON_BODY = {"message": BODY}
_LEAKY = reply(
    {"next": f"https://api.discogs.com/database/search?page=2&token={TOKEN}&key={TOKEN}"},
    link=f"<https://api.discogs.com/database/search?page=2&TOKEN={TOKEN}>; rel=next",
    set_cookie=f"a={TOKEN}",
    x_echo=TOKEN,
    www_authenticate=TOKEN,
)

STEPS = {
    "whole": [reply(_JSON_BODY)],
    "echo": [_LEAKY],
    "not found": [reply(_JSON_BODY, 404)],
    "our token": [reply({"message": f"Invalid consumer token {TOKEN} {BODY}"}, 401)],
    "account": [reply({"message": f"You must authenticate to access this resource. {BODY}"}, 401)],
    "spent": [reply(_JSON_BODY, 429, retry_after=BODY)],
    "redirect": [reply(_JSON_BODY, 302, location=f"https://evil.test/?token={TOKEN}")],
    "server error": [reply(_JSON_BODY, 500)],
    "page": [reply(f"<html>{BODY} {TOKEN}</html>".encode(), content_type="text/html")],
    "not json": [reply(f"{BODY} {TOKEN}".encode())],
    "encoding": [reply(_JSON_BODY, content_encoding=f"{BODY}")],
    "corrupt": [reply(_JSON_BODY, content_encoding="gzip")],
    "cut": [Reply(chunks=(BODY.encode(), httpx.ReadError(f"{TOKEN} {VALUE} {BODY}")))],
    "refused": [httpx.ConnectError(f"{TOKEN} {VALUE}")],
    "late": [httpx.ReadTimeout(f"{TOKEN} {VALUE}")],
    "silence": [Silence()],
    "bug": [RuntimeError(f"{TOKEN} {KEY} {VALUE} {BODY}")],
    "address": [httpx.InvalidURL(f"https://api.discogs.com/?q={VALUE}")],
    "group": [ExceptionGroup(TOKEN, [ValueError(VALUE)])],
}

_SENT = {
    **KEYED,
    "authorization": f"Bearer {CLIENT}",
    "cookie": CLIENT,
    "traceparent": CLIENT,
    "openai-conversation-id": CLIENT,
    "x-currency": CLIENT,
}

_JSON_SENT = {"headers": {**_SENT, "content-type": "application/json"}}

CALLS = {
    "search": (SEARCH, f"q={VALUE}&token={VALUE}", {}),
    "head": (SEARCH, f"q={VALUE}", {"method": "HEAD"}),
    "release": (GET_RELEASE, f"token={VALUE}&code={VALUE}", {}),
    "enumeration": (GET_RELEASE, f"curr_abbr={VALUE}", {}),
    "integer": (GET_ARTIST, "", {"values": {"artist_id": VALUE}}),
    "twice": (SEARCH, f"q={VALUE}&q={VALUE}", {}),
    "utf-8": (SEARCH, f"q={VALUE}%FF", {}),
    "long": (SEARCH, f"q={VALUE * 1000}", {}),
    "folder": (FOLDER, f"note={VALUE}", {"values": {"username": VALUE, "folder": VALUE}}),
    "price": (FOLDER, f"price={VALUE}", {"values": {"username": "a", "folder": "b"}}),
    "write": (MESSAGE, "", {"body": f'{{"message": "{VALUE}"}}'.encode(), **_JSON_SENT}),
    "bad write": (RATE, "", {"body": f'{{"rating": "{VALUE}"}}'.encode(), **_JSON_SENT}),
    "no json": (RATE, "", {"body": VALUE.encode(), **_JSON_SENT}),
    "private": (ORDER, "", {}),
    "album": (ALBUM, f"include=credits&token={VALUE}", {}),
    "whole album": (ALBUM, f"include=all&currency={VALUE}", {}),
    "bad album": (ALBUM, f"include={VALUE}", {}),
    "copy": (ADD_COPY, f"add_copy={VALUE}", {}),
    "move": (MOVE, "", {"body": f'{{"rating": "{VALUE}"}}'.encode(), **_JSON_SENT}),
    "removal": (REMOVE, "", {}),
    "no key": (SEARCH, f"q={VALUE}", {"headers": {}}),
    "wrong key": (SEARCH, f"q={VALUE}", {"headers": {"x-api-key": CLIENT}}),
}

SETTINGS = {
    "resolved": {"X_API_KEY": f"{KEY},{OTHER_KEY}", **WRITES},
    "only reads": {},
    "no token": {"DISCOGS_TOKEN": f"@Microsoft.KeyVault(SecretUri={TOKEN})"},
    "no key": {"X_API_KEY": f"{KEY},@Microsoft.KeyVault(SecretUri={OTHER_KEY})"},
}


@pytest.fixture(autouse=True)
def everything_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.NOTSET)
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("steps", STEPS)
def test_nothing_gets_out(settings, call, steps, caplog):
    operation, query, changes = CALLS[call]
    rig = proxy(*STEPS[steps], settings=SETTINGS[settings])

    ask = rig.consult if isinstance(operation, AgentOperation) else rig.ask
    answer = ask(operation, query, **{"headers": _SENT, **changes})

    logged = caplog.text + "".join(repr(record.__dict__) for record in caplog.records)
    for secret in (TOKEN, KEY, OTHER_KEY, VALUE, BODY, CLIENT):
        assert secret not in logged
        assert secret not in repr(answer.headers)
    passed_on = steps in {"whole", "not found"}
    for secret in (TOKEN, KEY, OTHER_KEY, VALUE, CLIENT) + (() if passed_on else (BODY,)):
        assert secret.encode() not in answer.body
    if operation is FOLDER:
        return
    for request in rig.upstream.requests:
        assert CLIENT not in repr(request.headers.raw)
        assert KEY not in repr(request.headers.raw) + str(request.url)
        assert TOKEN not in str(request.url)


def test_no_part_shows_a_secret_in_its_representation():
    rig = proxy(reply(_JSON_BODY), settings=SETTINGS["resolved"])
    rig.ask(SEARCH, f"q={VALUE}")

    for secret in (TOKEN, KEY, OTHER_KEY):
        assert secret not in repr(rig.gateway) + repr(rig.gateway.settings)


def test_the_sweep_would_notice():
    answer = proxy(reply({"token": TOKEN})).ask(GET_ARTIST)

    assert json.loads(answer.body) == {"token": TOKEN}
