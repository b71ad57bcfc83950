"""Describe the users of the look-alike."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """Hold how others rated a user: in percent, in stars, and how many they were."""

    rating: float = 0.0
    stars: float = 0.0
    total: int = 0


@dataclass(frozen=True)
class Shop:
    """Hold the seller settings of a user, prices in dollars; one without them cannot sell."""

    ships_from: str
    shipping: str
    shipping_price: float = 0.0
    payment: str = "PayPal Commerce"
    min_order_total: float = 0.0


@dataclass(frozen=True)
class User:
    """Describe a user: what his profile says, and who may look at his records."""

    id: int
    username: str
    registered: str
    name: str = ""
    home_page: str = ""
    location: str = ""
    profile: str = ""
    email: str = ""
    curr_abbr: str = "USD"
    rank: float = 0.0
    pending: int = 0
    unread: int = 0
    address: str = ""
    has_public_collection: bool = True
    has_public_wantlist: bool = True
    as_buyer: Standing = Standing()
    as_seller: Standing = Standing()
    shop: Shop | None = None
    artists: tuple[int, ...] = ()
    labels: tuple[int, ...] = ()


class Users:
    """Find users by name, whatever its case."""

    def __init__(self, users: Iterable[User]) -> None:
        self._users = {each.username.casefold(): each for each in users}

    def get(self, username: str) -> User | None:
        """Return the user of this name, if there is one."""
        return self._users.get(username.casefold())

    def known(self, username: str) -> User:
        """Return the user of a name that comes from memory itself."""
        return self._users[username.casefold()]

    def put(self, user: User) -> None:
        """Let a changed user take the place of the one with his name."""
        self._users[user.username.casefold()] = user
