"""Hold what the switches of the sandbox work on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.faults import Faults
from sandbox.lookalike.memory.memory import Memory
from sandbox.lookalike.request import Request


@dataclass(frozen=True)
class Controls:
    """Give access to what the switches change."""

    faults: Faults
    memory: Memory
    catalogue: Catalogue
    reset: Callable[[], None]
    owner: str
    now: str


@dataclass(frozen=True)
class Command:
    """Carry one request to a switch."""

    request: Request
    names: Mapping[str, str]
    controls: Controls
