"""What the proxy writes into its log, as Application Insights would hold it."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import duckdb
import duckdb_kql

from discogs_api.operations import GET_ARTIST
from discogs_proxy.mirror import Mirror
from tests.proxy.support.rig import inbound, proxy
from tests.proxy.support.upstream import HTML, Silence, reply
from tests.proxy.support.virtual_time import run

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
FAILURES = 12
"""So many that an alert about failures has to see them."""


class _Kept(logging.Handler):
    """Keeps the messages that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def written() -> list[str]:
    """Return what the proxy writes while it meets what it can meet."""
    logger, kept = logging.getLogger("discogs_proxy"), _Kept()
    level = logger.level
    logger.addHandler(kept)
    logger.setLevel(logging.INFO)
    try:
        _live()
    finally:
        logger.removeHandler(kept)
        logger.setLevel(level)
    return kept.messages


def _live() -> None:
    run(_ask_twice())
    proxy(reply(b"\n", 429), settings={"DEADLINE_SECONDS": "5"}).ask(GET_ARTIST)
    proxy(Silence()).ask(GET_ARTIST)
    proxy(reply(), settings={"X_API_KEY": "@Microsoft.KeyVault(SecretUri=x)"}).ask(GET_ARTIST)
    for _ in range(FAILURES):
        proxy(HTML).ask(GET_ARTIST)


async def _ask_twice() -> None:
    """Ask for something that is not as it is described, and again while it is kept."""
    asked = proxy(reply({"id": "1", "stars": 5}), settings={"DRIFT_SAMPLE": "1"})
    for _ in range(2):
        await asked.gateway.answer(Mirror(GET_ARTIST, asked.made), inbound(GET_ARTIST))
        await asyncio.sleep(1)


def ask(query: str, messages: Iterable[str]) -> list[dict[str, object]]:
    """Return the rows that a query finds in log lines, a second apart from each other."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE traces (timestamp TIMESTAMP, message TEXT, itemCount BIGINT)")
    rows = [(_BEGIN + timedelta(seconds=n), text, 1) for n, text in enumerate(messages)]
    connection.executemany("INSERT INTO traces VALUES (?, ?, ?)", rows)
    found = duckdb_kql.kql(connection, query)
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
