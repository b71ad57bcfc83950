"""Write sales and what was said about them."""

from sandbox.lookalike import links, money
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.memory.trade import Message, Order, OrderItem
from sandbox.lookalike.shapes.listings import release_summary
from sandbox.lookalike.statuses import ORDER_STATUSES, next_statuses
from sandbox.lookalike.view import Json


def order_body(order: Order, call: Call) -> Json:
    """Return a sale as its seller sees it, with the buyer's address."""
    seller, buyer = call.memory.users.known(order.owner), call.memory.users.known(order.buyer)
    total = round(sum(each.price for each in order.items), 2)
    return {
        "id": order.id,
        "resource_url": _url(order),
        "messages_url": _url(order, "messages"),
        "uri": f"{links.SITE}/sell/order/{order.id}",
        "status": order.status,
        "next_status": list(next_statuses(order.status)),
        "fee": money.price(money.fee(total), order.currency),
        "created": order.created,
        "items": [_item(each, order, call) for each in order.items],
        "shipping": {
            "currency": order.currency,
            "method": "Standard",
            "value": order.shipping,
        },
        "shipping_address": buyer.address,
        "additional_instructions": order.instructions,
        "archived": order.is_archived,
        "seller": _party(seller),
        "last_activity": order.last_activity,
        "buyer": _party(buyer),
        "total": money.price(total, order.currency),
        "feedback": _feedback(order),
        "tax": [],
        "tracking": {},
        "buyer_fee": None,
        "tax_on_buyer_fee": None,
    }


def message_body(message: Message, order: Order, call: Call) -> Json:
    """Return a line of the log, in the shape of its kind."""
    sender = call.memory.users.known(message.sender)
    title = call.catalogue.releases[order.items[0].release_id].title
    body: Json = {
        "timestamp": message.sent,
        "message": message.text,
        "type": message.type,
        "order": {"resource_url": _url(order), "id": order.id},
        "subject": f"Discogs Order #{order.id}, {title}",
    }
    return body | _particulars(message, sender)


def _particulars(message: Message, sender: User) -> Json:
    who = {"username": sender.username, "resource_url": links.user(sender.username)}
    if message.type == "status":
        return {"status_id": ORDER_STATUSES.index(message.status) + 1, "actor": who}
    if message.type == "shipping":
        return {"original": message.original, "new": message.new}
    return {"from": {"id": sender.id, "avatar_url": links.avatar(sender.id), **who}}


def _item(item: OrderItem, order: Order, call: Call) -> Json:
    return {
        "release": release_summary(call.catalogue.releases[item.release_id], call),
        "price": money.price(item.price, order.currency),
        "media_condition": item.media_condition,
        "sleeve_condition": item.sleeve_condition,
        "condition_comments": item.comments,
        "item_location": item.location,
        "private_comments": "",
        "id": item.id,
    }


def _party(user: User) -> Json:
    return {
        "id": user.id,
        "username": user.username,
        "resource_url": links.user(user.username),
        "email": user.email,
    }


def _feedback(order: Order) -> Json:
    page = f"{links.SITE}/sell/order/{order.id}/feedback"
    return {"for_buyer": {"eligible": False, "url": page, "resource_url": _url(order)}}


def _url(order: Order, *more: str) -> str:
    return links.api("marketplace", "orders", order.id, *more)
