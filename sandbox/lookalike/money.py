"""Write prices, and change one currency into another at made-up rates."""

from typing import NamedTuple

from sandbox.lookalike.view import Json


class Currency(NamedTuple):
    """Hold the sign of a currency, its number at Discogs and how much of it a dollar buys."""

    sign: str
    id: int
    per_dollar: float


CURRENCIES = {
    "USD": Currency("$", 1, 1.0),
    "GBP": Currency("£", 2, 0.8),
    "EUR": Currency("€", 3, 0.9),
    "CAD": Currency("CA$", 4, 1.35),
    "AUD": Currency("A$", 5, 1.5),
    "JPY": Currency("¥", 6, 150.0),
    "CHF": Currency("CHF", 7, 0.88),
    "MXN": Currency("MX$", 8, 17.0),
    "BRL": Currency("R$", 9, 5.0),
    "NZD": Currency("NZ$", 10, 1.65),
    "SEK": Currency("SEK", 11, 10.5),
    "ZAR": Currency("ZAR", 12, 18.5),
}
DOLLARS = "USD"
FEE_SHARE = 0.09


def change(value: float, source: str, target: str) -> float:
    """Return an amount in another currency, to the cent."""
    if source == target:
        return value
    return round(value / CURRENCIES[source].per_dollar * CURRENCIES[target].per_dollar, 2)


def price(value: float, currency: str) -> Json:
    """Return a price as an object."""
    return {"value": value, "currency": currency}


def original_price(value: float, currency: str) -> Json:
    """Return a price as its seller set it."""
    return {
        "curr_abbr": currency,
        "curr_id": CURRENCIES[currency].id,
        "formatted": formatted(value, currency),
        "value": value,
    }


def formatted(value: float, currency: str) -> str:
    """Return a price as text, with the sign in front."""
    return f"{CURRENCIES[currency].sign}{value:.2f}"


def fee(value: float) -> float:
    """Return what Discogs takes of a sale."""
    return round(value * FEE_SHARE, 2)
