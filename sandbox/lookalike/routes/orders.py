"""Answer for sales, to those who sold."""

from dataclasses import replace
from datetime import UTC, datetime

from sandbox.lookalike.answers import Answer, RefusalError, json_answer
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.trade import Message, Order
from sandbox.lookalike.ownership import NOT_YOURS, signed_in
from sandbox.lookalike.paging import paged
from sandbox.lookalike.payload import invalid, not_among
from sandbox.lookalike.router import NOT_FOUND
from sandbox.lookalike.shapes.orders import message_body, order_body
from sandbox.lookalike.sorting import in_order
from sandbox.lookalike.statuses import FILTERS, INVOICED, is_wanted, next_statuses

MOST_MESSAGES = 1000
FLAGS = {"true": True, "1": True, "false": False, "0": False}
KEYS = {
    "id": lambda order: [int(each) for each in order.id.split("-")],
    "buyer": lambda order: order.buyer,
    "created": lambda order: datetime.fromisoformat(order.created),
    "status": lambda order: order.status,
    "last_activity": lambda order: datetime.fromisoformat(order.last_activity),
}


def orders(call: Call) -> Answer:
    """Return what the caller sold, as far as his filters let it pass."""
    seller, query = signed_in(call), call.query
    status = query.get("status") or FILTERS[0]
    if status not in FILTERS:
        raise not_among("status", FILTERS)
    after, before = _time(call, "created_after"), _time(call, "created_before")
    archived = _flag(call, "archived")
    rows = [
        each
        for each in call.memory.orders.values()
        if each.owner == seller.username
        and is_wanted(each.status, status)
        and archived in (None, each.is_archived)
        and (after is None or datetime.fromisoformat(each.created) > after)
        and (before is None or datetime.fromisoformat(each.created) < before)
    ]
    sold = in_order(rows, query, KEYS)
    return paged(call.request, "orders", sold, lambda each: order_body(each, call))


def order(call: Call) -> Answer:
    """Return one sale."""
    return json_answer(order_body(_own(call), call))


def edit(call: Call) -> Answer:
    """Set the status or the shipping of a sale, not both; the log tells the buyer."""
    order, payload = _own(call), call.payload()
    shipping = payload.number("shipping")
    if payload.has("status") == (shipping is not None):
        raise RefusalError(422, "Exactly one of status and shipping is expected.")
    if shipping is None:
        changed = _with_status(order, _status(call, order), call)
    else:
        changed = _with_shipping(order, abs(shipping), call)
    call.memory.orders[order.id] = changed
    return json_answer(order_body(changed, call))


def messages(call: Call) -> Answer:
    """Return the log of a sale."""
    order = _own(call)
    return paged(
        call.request, "messages", order.messages, lambda each: message_body(each, order, call)
    )


def add_message(call: Call) -> Answer:
    """Write to the buyer, set the status, or both: then the message says so first."""
    order, payload = _own(call), call.payload()
    text = payload.text("message") or ""
    if not (text or payload.has("status")):
        raise RefusalError(422, "At least one of message and status is expected.")
    if payload.has("status"):
        status = _status(call, order)
        notice = f"Seller changed status from {order.status} to {status}"
        order = replace(order, status=status)
        text = f"{notice}\n\n{text}" if text else notice
    message = Message(order.owner, call.now, text)
    call.memory.orders[order.id] = _logged(order, message)
    return json_answer(message_body(message, order, call), 201)


def _own(call: Call) -> Order:
    seller, order = signed_in(call), call.memory.orders.get(call.names["order_id"])
    if order is None:
        raise RefusalError(404, NOT_FOUND)
    if order.owner != seller.username:
        raise RefusalError(403, NOT_YOURS)
    return order


def _status(call: Call, order: Order) -> str:
    allowed = next_statuses(order.status)
    return call.payload().choice("status", allowed) or order.status


def _with_status(order: Order, status: str, call: Call) -> Order:
    text = f"{order.owner} changed the order status to {status}."
    message = Message(order.owner, call.now, text, type="status", status=status)
    return _logged(replace(order, status=status), message)


def _with_shipping(order: Order, shipping: float, call: Call) -> Order:
    # Discogs then sends the buyer an invoice.
    status = INVOICED if INVOICED in next_statuses(order.status) else order.status
    text = f"{order.owner} set the shipping price to {shipping:.2f}."
    message = Message(
        order.owner, call.now, text, type="shipping", original=order.shipping, new=shipping
    )
    return _logged(replace(order, status=status, shipping=shipping), message)


def _logged(order: Order, message: Message) -> Order:
    log = (*order.messages, message)[-MOST_MESSAGES:]
    return replace(order, messages=log, last_activity=message.sent)


def _time(call: Call, name: str) -> datetime | None:
    text = call.query.get(name, "")
    if not text:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise invalid(name, "expected an ISO 8601 time") from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _flag(call: Call, name: str) -> bool | None:
    text = call.query.get(name, "").lower()
    if text and text not in FLAGS:
        raise invalid(name, "expected bool")
    return FLAGS.get(text)
