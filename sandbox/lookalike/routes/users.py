"""Answer who somebody is."""

from dataclasses import replace

from sandbox.lookalike import links
from sandbox.lookalike.answers import Answer, json_answer
from sandbox.lookalike.call import Call
from sandbox.lookalike.money import CURRENCIES
from sandbox.lookalike.ownership import named_user, owner, signed_in
from sandbox.lookalike.shapes.profiles import profile_body


def identity(call: Call) -> Answer:
    """Return the user to whom the caller's token belongs."""
    user = signed_in(call)
    return json_answer(
        {
            "id": user.id,
            "username": user.username,
            "resource_url": links.user(user.username),
            "consumer_name": user.username,
        }
    )


def profile(call: Call) -> Answer:
    """Return the profile of a user."""
    return json_answer(profile_body(named_user(call), call))


def edit(call: Call) -> Answer:
    """Change the caller's own profile where he says something."""
    user, payload = owner(call), call.payload()
    changed = replace(
        user,
        name=payload.text_or("name", user.name),
        home_page=payload.text_or("home_page", user.home_page),
        location=payload.text_or("location", user.location),
        profile=payload.text_or("profile", user.profile),
        curr_abbr=payload.choice("curr_abbr", CURRENCIES) or user.curr_abbr,
    )
    call.memory.users.put(changed)
    return json_answer(profile_body(changed, call))
