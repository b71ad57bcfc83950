"""Describe the inventories that users took out as files or put in."""

from dataclasses import dataclass

from sandbox.lookalike.memory.trade import Listing


@dataclass(frozen=True)
class Export:
    """Hold an inventory as it was at one time."""

    id: int
    owner: str
    created: str
    finished: str
    listings: tuple[Listing, ...] = ()
    status: str = "success"


@dataclass(frozen=True)
class Upload:
    """Hold what became of a file that changed an inventory."""

    id: int
    owner: str
    type: str
    created: str
    finished: str
    filename: str
    status: str = "success"
    results: str = ""
