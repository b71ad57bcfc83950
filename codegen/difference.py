"""What a difference between two JSON Schemas does to the values that fit."""

from dataclasses import dataclass
from enum import Enum


class Effect(Enum):
    """What becomes of the values that fit."""

    NARROWER = "some no longer fit"
    WIDER = "some fit that did not"
    OTHER = "both"
    NONE = "neither that anybody would notice"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was."""

    where: str
    what: str
    effect: Effect
