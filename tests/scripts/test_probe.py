"""Claim what `make probe` asks, what it calls a difference, and when it stops asking."""

from dataclasses import replace

import httpx
import pytest

from discogs_proxy import __version__
from discogs_proxy.chain import chain
from discogs_proxy.credential import NOBODY
from discogs_proxy.local_state import local_state
from discogs_proxy.network import Network
from discogs_proxy.settings import Settings
from sandbox.lookalike.app import Lookalike
from scripts.probe import DIFFERENT, SAME, UNASKED, main, probe
from scripts.probe_questions import DISCOGS, LOOKALIKE, questions
from tests.proxy.support.rig import TOKEN, Waits, loop_time
from tests.proxy.support.upstream import HTML, Upstream, reply
from tests.proxy.support.virtual_time import run

BUDGET = {
    "x_discogs_ratelimit": "25",
    "x_discogs_ratelimit_used": "1",
    "x_discogs_ratelimit_remaining": "24",
}
RATING = {"release_id": 1, "rating": {"count": 2, "average": 4.5}}
ALL = [each.request.operation.name for each in questions(DISCOGS)]
ONE = ["get_release_rating"]


def good(body=RATING, status=200, **headers):
    return reply(body, status, **{**BUDGET, **headers})


def asked(transport, names, *, known=DISCOGS, token=TOKEN):
    """Probe operations in virtual time; return the exit code and the seconds it took."""
    ask = [
        next(each for each in questions(known) if each.request.operation.name == name)
        for name in names
    ]
    settings = replace(Settings.from_environment({"CACHE_MB": "0"}), discogs_token=token)
    network = Network(settings.discogs_base_url, settings.user_agent, transport=transport)

    async def probing():
        began = loop_time()
        send = chain(
            network.send,
            settings,
            local_state(settings, loop_time, lambda: 0.5),
            clock=loop_time,
            sleep=Waits(),
            random=lambda: 0.5,
        )
        return await probe(send, settings, ask), loop_time() - began

    return run(probing())


def test_the_look_alike_answers_as_described(capsys):
    assert main({"DISCOGS_TOKEN": "not-spent-here"}, ["--lookalike"]) == SAME

    printed = capsys.readouterr().out
    assert printed.count("as described") == len(ALL)
    assert "0 differences in 11 answers." in printed


def test_without_a_token_it_asks_as_nobody_what_everybody_may_ask(capsys):
    discogs = Lookalike()

    code, _ = asked(httpx.ASGITransport(discogs), ALL, known=LOOKALIKE, token=NOBODY)

    assert code == SAME
    assert len(discogs.requests) == len(ALL) - 1
    for request in discogs.requests:
        assert "authorization" not in request.headers
        assert request.headers["user-agent"] == f"DiscogsGateway/{__version__}"
    printed = capsys.readouterr().out
    assert "without a token" in printed
    assert "DISCOGS_TOKEN is not set" in printed


def test_it_asks_each_operation_once_and_few_of_them():
    targets = [each.request.target for each in questions(DISCOGS)]

    assert len(targets) == len(set(targets)) == len(ALL) <= 12
    assert "/releases/249504" in targets
    assert "/database/search?q=nirvana&per_page=5" in targets


SEEDED = {
    "an unknown field": (good({**RATING, "stars": 1}), "unknown  stars"),
    "one that is gone": (
        good({"release_id": 1, "rating": {"count": 2}}),
        "missing  rating.average",
    ),
    "another type": (good({**RATING, "release_id": "1"}), "changed  release_id is string"),
    "another kind of answer": (good([RATING]), "changed  the whole answer is array"),
    "a status": (good({"message": "Release not found."}, 404), "status   404 for something"),
    "a header that is gone": (
        reply(RATING, x_discogs_ratelimit="25", x_discogs_ratelimit_used="1"),
        "header   X-Discogs-Ratelimit-Remaining is missing",
    ),
    "a header that is new": (
        good(x_discogs_ratelimit_reset="9"),
        "header   x-discogs-ratelimit-reset is unknown",
    ),
    "a media type": (good(content_type="text/json"), "header   Content-Type is text/json"),
}


@pytest.mark.parametrize("case", SEEDED)
def test_a_difference_is_printed_and_is_the_exit_code(case, capsys):
    step, line = SEEDED[case]

    code, _ = asked(Upstream([step]), ONE)

    printed = capsys.readouterr().out
    assert code == DIFFERENT
    assert f"\n    {line}" in printed
    assert "\n1 difference in 1 answer." in printed


def test_more_pages_without_a_link_are_a_difference(capsys):
    page = {"pagination": {"page": 1, "pages": 2, "per_page": 5, "items": 9, "urls": {}}}
    link = "<https://api.discogs.com/masters/1000/versions?page=2>; rel=next"

    asked(Upstream([good(page)]), ["get_master_versions"])
    without = capsys.readouterr().out
    asked(Upstream([good(page, link=link)]), ["get_master_versions"])

    assert "header   Link is missing" in without
    assert "header   Link" not in capsys.readouterr().out


def test_nothing_that_differs_is_the_other_exit_code(capsys):
    assert asked(Upstream([good(x_discogs_media_type="discogs.v2")]), ONE)[0] == SAME
    assert "as described" in capsys.readouterr().out


COME_TO_NOTHING = {
    "no more calls": (reply(b"", 429, retry_after="300"), 1, "ask again in 300 seconds"),
    "nobody there": (httpx.ConnectError("x"), 3, "could not be reached"),
    "the token is refused": (reply({"message": "Invalid consumer token"}, 401), 1, "refused"),
}


@pytest.mark.parametrize("case", COME_TO_NOTHING)
def test_where_discogs_cannot_be_asked_it_stops_and_says_why(case, capsys):
    step, requests, words = COME_TO_NOTHING[case]
    discogs = Upstream([step])

    code, _ = asked(discogs, ALL)

    assert code == UNASKED
    assert len(discogs.requests) == requests
    assert words in capsys.readouterr().out


def test_what_befalls_one_operation_does_not_keep_it_from_the_next(capsys):
    steps = [HTML, HTML, HTML, good()]

    code, _ = asked(Upstream(steps), ["get_release", *ONE])

    assert code == UNASKED
    assert "get_release_rating" in capsys.readouterr().out


def test_a_wait_that_discogs_asks_for_is_waited_for():
    steps = [reply(b"", 429, retry_after="3", **BUDGET), good()]

    code, seconds = asked(Upstream(steps), ONE)

    assert code == SAME
    assert 3 <= seconds < 40


def test_it_spends_no_more_than_discogs_has_left():
    full = {"x_discogs_ratelimit_used": "25", "x_discogs_ratelimit_remaining": "0"}
    discogs = Upstream([good(**full), good()])

    code, seconds = asked(discogs, ONE * 2)

    assert (code, len(discogs.requests)) == (SAME, 2)
    assert seconds > 1


def test_it_is_paced_like_a_reader_of_many_pages():
    discogs = Upstream([good()])

    code, seconds = asked(discogs, ONE * 20, token=NOBODY)

    assert code == SAME
    assert len(discogs.requests) == 20
    assert seconds > 30


def test_the_token_is_never_printed(capsys):
    echo = good(
        {TOKEN: TOKEN, "rating": TOKEN, f"x\n{TOKEN}": 1},
        content_type=f"text/json; token={TOKEN}",
        x_discogs_echo=TOKEN,
    )

    asked(Upstream([echo]), ALL)
    refused = reply({"message": f"Invalid consumer token {TOKEN}"}, 401)
    asked(Upstream([refused]), ONE)

    printed = capsys.readouterr()
    assert "unknown  ?" in printed.out
    assert TOKEN not in printed.out + printed.err


def test_a_bad_setting_is_said_and_nothing_is_asked(capsys):
    assert main({"BASE_URL": "ftp://relay"}, []) == UNASKED
    assert "DISCOGS_BASE_URL must be an address" in capsys.readouterr().err
