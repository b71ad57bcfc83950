"""Describe what users sell, and to whom."""

from dataclasses import dataclass

NOT_GRADED = "Not Graded"
FOR_SALE = "For Sale"
DRAFT = "Draft"
SOLD = "Sold"
EDITABLE = (FOR_SALE, DRAFT, "Expired")
LISTING_STATUSES = (
    *("All", "Deleted", DRAFT, "Expired", FOR_SALE, SOLD, "Suspended", "Violation"),
)
CONDITIONS = (
    *("Mint (M)", "Near Mint (NM or M-)", "Very Good Plus (VG+)", "Very Good (VG)"),
    *("Good Plus (G+)", "Good (G)", "Fair (F)", "Poor (P)"),
)
SLEEVE_CONDITIONS = (*CONDITIONS, "Generic", NOT_GRADED, "No Cover")


@dataclass(frozen=True)
class Listing:
    """Offer one copy of a release."""

    id: int
    owner: str
    release_id: int
    price: float
    condition: str
    posted: str
    status: str = FOR_SALE
    sleeve_condition: str = NOT_GRADED
    comments: str = ""
    allow_offers: bool = False
    external_id: str = ""
    location: str = ""
    weight: float = 0.0
    format_quantity: int = 1
    currency: str = "USD"


@dataclass(frozen=True)
class OrderItem:
    """Hold what was sold, as its listing said at the time."""

    id: int
    release_id: int
    price: float
    media_condition: str
    sleeve_condition: str = NOT_GRADED
    comments: str = ""
    location: str = ""


@dataclass(frozen=True)
class Message:
    """Hold a line in the log of an order, which somebody wrote or a change left behind."""

    sender: str
    sent: str
    text: str
    type: str = "message"
    status: str = ""
    original: float = 0.0
    new: float = 0.0


@dataclass(frozen=True)
class Order:
    """Hold a sale: the seller owns it, and his number begins its own."""

    id: str
    owner: str
    buyer: str
    status: str
    created: str
    last_activity: str
    items: tuple[OrderItem, ...]
    shipping: float = 0.0
    currency: str = "USD"
    instructions: str = ""
    is_archived: bool = False
    messages: tuple[Message, ...] = ()
