"""Read what the look-alike remembers before anything has happened."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from sandbox.lookalike.memory.files import Export, Upload
from sandbox.lookalike.memory.holdings import Field, Folder, Instance, Rating, Want
from sandbox.lookalike.memory.lists import UserList
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.memory.trade import Listing, Order
from sandbox.lookalike.tables import build

BUNDLED = Path(__file__).parents[1] / "seeds.toml"


@dataclass(frozen=True)
class Seeds:
    """Hold the things of the first moment, in the order of the file."""

    users: tuple[User, ...] = ()
    fields: tuple[Field, ...] = ()
    folders: tuple[Folder, ...] = ()
    instances: tuple[Instance, ...] = ()
    wants: tuple[Want, ...] = ()
    ratings: tuple[Rating, ...] = ()
    listings: tuple[Listing, ...] = ()
    orders: tuple[Order, ...] = ()
    exports: tuple[Export, ...] = ()
    uploads: tuple[Upload, ...] = ()
    lists: tuple[UserList, ...] = ()


def load_seeds(path: Path = BUNDLED) -> Seeds:
    """Read a file of seeds; without a path, the bundled one."""
    return parse_seeds(path.read_text(encoding="utf-8"))


def parse_seeds(text: str) -> Seeds:
    """Read the text of a file of seeds."""
    return build(Seeds, tomllib.loads(text), "seeds")
