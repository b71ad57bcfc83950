"""The shapes that ship, and a send that is watched with them."""

import asyncio
from pathlib import Path

import discogs_api
from discogs_proxy.drift_report import Report
from discogs_proxy.drift_watch import DriftWatch
from discogs_proxy.exchange import Send
from discogs_proxy.settings import Settings
from discogs_proxy.shape import read

SHAPES = read(Path(discogs_api.__file__).with_name("shapes.json").read_bytes())


def loop_time() -> float:
    """Tell the time of the running loop, which is virtual in most tests."""
    return asyncio.get_running_loop().time()


def watched(send: Send, settings: Settings, random: float) -> Send:
    """Watch a send as the settings say."""
    return DriftWatch(
        send,
        lambda: Report(SHAPES, loop_time),
        settings.drift_sample,
        lambda: random,
        asyncio.sleep,
    )
