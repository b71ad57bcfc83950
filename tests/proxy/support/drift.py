"""The shapes that ship, and a send that is watched with them."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import discogs_api
from discogs_proxy.drift_report import Report
from discogs_proxy.drift_watch import DriftWatch
from discogs_proxy.exchange import Send
from discogs_proxy.settings import Settings
from discogs_proxy.shape import read
from discogs_proxy.telemetry import SILENT, Telemetry

SHAPES = read(Path(discogs_api.__file__).with_name("shapes.json").read_bytes())


def watched(
    send: Send,
    settings: Settings,
    random: float,
    clock: Callable[[], float],
    telemetry: Telemetry = SILENT,
) -> Send:
    """Watch a send as the settings say."""
    return DriftWatch(
        send,
        lambda: Report(SHAPES, clock, telemetry),
        settings.drift_sample,
        lambda: random,
        asyncio.sleep,
    )
