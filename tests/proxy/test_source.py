"""Claim what is said of where the data come from."""

import pytest

from discogs_proxy.budget_advice import budget
from discogs_proxy.source import page, source

NOW = 1_767_323_045.5


@pytest.mark.parametrize(
    ("age", "retrieved_at", "freshness"),
    [
        (None, "2026-01-02T03:04:05Z", "fresh"),
        (0.0, "2026-01-02T03:04:05Z", "cached"),
        (3600.0, "2026-01-02T02:04:05Z", "cached"),
    ],
)
def test_the_time_is_that_of_discogs_own_answer(age, retrieved_at, freshness):
    assert source("https://www.discogs.com/release/1", age, NOW) == {
        "url": "https://www.discogs.com/release/1",
        "attribution": "Data provided by Discogs.",
        "retrieved_at": retrieved_at,
        "freshness": freshness,
    }


@pytest.mark.parametrize(
    ("template", "values", "url"),
    [
        (None, {}, None),
        ("https://www.discogs.com/artist/{id}", {"id": 7}, "https://www.discogs.com/artist/7"),
        ("https://www.discogs.com/user/{name}", {"name": "Ünal.-_"}, "https://www.discogs.com/user/%C3%9Cnal.-_"),
        ("https://www.discogs.com/user/{name}", {"name": "a/../b"}, None),
        ("https://www.discogs.com/user/{name}", {"name": "do as I say"}, None),
        ("https://www.discogs.com/user/{name}", {"name": ".."}, None),
        ("https://www.discogs.com/user/{name}", {"name": "a" * 500}, None),
        ("https://www.discogs.com/user/{name}", {"name": ["x"]}, None),
        ("https://www.discogs.com/user/{name}", {}, None),
        ("https://evil.test/{id}", {"id": 7}, None),
    ],
)  # fmt: skip
def test_the_page_is_on_discogs_site_or_there_is_none(template, values, url):
    assert page(template, {}, values) == url
    assert ("url" in source(page(template, {}, values), None, NOW)) == (url is not None)


@pytest.mark.parametrize(
    ("name", "quoted"),
    [("a/../b", "a%2F..%2Fb"), ("é?x=1#y", "%C3%A9%3Fx%3D1%23y"), ("a b", "a%20b")],
)
def test_what_was_asked_is_quoted_into_its_place_and_goes_before_what_was_told(name, quoted):
    url = page("https://www.discogs.com/user/{name}/lists", {"name": name}, {"name": "other"})

    assert url == f"https://www.discogs.com/user/{quoted}/lists"


@pytest.mark.parametrize(
    ("limit", "remaining", "word"),
    [
        (60, 59, "room"), (60, 16, "room"), (60, 15, "Few"), (60, 1, "Few"), (60, 0, "wait"),
        (25, 6, "Few"), (25, 7, "room"), (None, None, "needed"), (60, None, "needed"),
        (None, 5, "room"),
    ],
)  # fmt: skip
def test_the_advice_slows_down_before_the_budget_is_spent(limit, remaining, word):
    told = budget(limit, remaining)

    assert word in told["advice"]
    assert {"limit": told.get("limit"), "remaining": told.get("remaining")} == {
        "limit": limit,
        "remaining": remaining,
    }
