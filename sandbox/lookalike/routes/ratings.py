"""Answer what users and the community think of a release."""

from sandbox.lookalike.answers import Answer, json_answer, no_content
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.holdings import Rating
from sandbox.lookalike.memory.people import User
from sandbox.lookalike.ownership import named_user, owner, release_of
from sandbox.lookalike.payload import invalid

NO_SUCH_RELEASE = "Release does not exist or may have been deleted."


def rating(call: Call) -> Answer:
    """Return the rating of one user, 0 when there is none."""
    return _answer(call, named_user(call))


def rate(call: Call) -> Answer:
    """Set the caller's own rating."""
    user, release = owner(call), release_of(call, NO_SUCH_RELEASE)
    stars = call.payload().rating(lowest=1)
    if stars is None:
        raise invalid("rating", "expected int")
    given = Rating(user.username, release.id, stars)
    call.memory.ratings[user.username, release.id] = given
    return _answer(call, user)


def unrate(call: Call) -> Answer:
    """Take the caller's own rating back; without one there is nothing to do."""
    user, release = owner(call), release_of(call, NO_SUCH_RELEASE)
    call.memory.ratings.pop((user.username, release.id), None)
    return no_content()


def community_rating(call: Call) -> Answer:
    """Return the rating of everybody together, which is a fact of the catalogue."""
    release = release_of(call)
    rating = {"count": release.ratings, "average": release.average}
    return json_answer({"release_id": release.id, "rating": rating})


def _answer(call: Call, user: User) -> Answer:
    release = release_of(call, NO_SUCH_RELEASE)
    given = call.memory.ratings.get((user.username, release.id))
    return json_answer(
        {
            "username": user.username,
            "release_id": release.id,
            "rating": given.rating if given else 0,
        }
    )
