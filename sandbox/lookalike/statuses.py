"""Say which status of an order may follow which."""

NEW = "New Order"
CONTACTED = "Buyer Contacted"
INVOICED = "Invoice Sent"
PENDING = "Payment Pending"
PAID = "Payment Received"
IN_PROGRESS = "In Progress"
SHIPPED = "Shipped"
REFUNDED = "Refund Sent"
CANCELLED = (
    "Cancelled (Non-Paying Buyer)",
    "Cancelled (Item Unavailable)",
    "Cancelled (Per Buyer's Request)",
)
ORDER_STATUSES = (
    *(NEW, CONTACTED, INVOICED, PENDING, PAID, IN_PROGRESS, SHIPPED, REFUNDED, *CANCELLED),
)
FILTERS = (
    *("All", *ORDER_STATUSES, "Merged", "Order Changed", "Cancelled"),
    "Cancelled (Refund Received)",
)
UNPAID = (CONTACTED, INVOICED, PENDING, PAID, IN_PROGRESS, SHIPPED)
FOLLOWERS = {
    NEW: UNPAID,
    CONTACTED: UNPAID,
    INVOICED: UNPAID,
    PENDING: UNPAID,
    PAID: (IN_PROGRESS, SHIPPED, REFUNDED),
    IN_PROGRESS: (SHIPPED, REFUNDED),
    SHIPPED: (REFUNDED,),
    REFUNDED: (),
}


def next_statuses(status: str) -> tuple[str, ...]:
    """Return what a seller may set, the present status among it; after a cancellation, nothing."""
    if status in CANCELLED:
        return ()
    followers = FOLLOWERS.get(status, ())
    is_open = status not in (SHIPPED, REFUNDED)
    return tuple(dict.fromkeys((status, *followers, *(CANCELLED if is_open else ()))))


def is_wanted(status: str, wanted: str) -> bool:
    """Tell whether a status passes a filter; Cancelled stands for all of its kind."""
    return wanted in ("All", status) or (wanted == "Cancelled" and status in CANCELLED)
