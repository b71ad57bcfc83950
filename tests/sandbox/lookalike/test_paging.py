import pytest

SEARCH = "/database/search"
UPSTREAM = "https://api.discogs.com/database/search"


def test_a_page_in_the_middle_points_everywhere(ask):
    response = ask(f"{SEARCH}?q=rock&type=release&page=2&per_page=3&token=sandbox-token")

    asked = f"{UPSTREAM}?q=rock&type=release&page={{}}&per_page=3&token=sandbox-token"
    pages = response.json()["pagination"]["pages"]
    urls = response.json()["pagination"]["urls"]
    assert urls == {
        "first": asked.format(1),
        "last": asked.format(pages),
        "prev": asked.format(1),
        "next": asked.format(3),
    }
    assert response.headers["link"] == ", ".join(
        f'<{url}>; rel="{relation}"' for relation, url in urls.items()
    )


def test_the_first_page_points_forward_and_the_last_one_back(ask):
    first = ask(f"{SEARCH}?per_page=100").json()["pagination"]
    last = ask(f"{SEARCH}?per_page=100&page=2").json()["pagination"]

    assert first["urls"] == {
        "last": f"{UPSTREAM}?per_page=100&page=2",
        "next": f"{UPSTREAM}?per_page=100&page=2",
    }
    assert list(last["urls"]) == ["first", "prev"]


def test_a_single_page_points_nowhere(ask):
    response = ask("/artists/1001/releases")

    assert response.json()["pagination"] == {
        "page": 1,
        "pages": 1,
        "per_page": 50,
        "items": 2,
        "urls": {},
    }
    assert "link" not in response.headers


def test_what_the_caller_sent_comes_back_encoded(ask):
    urls = ask(f"{SEARCH}?q=a+%26+b&q=&per_page=1").json()["pagination"]["urls"]

    assert urls["next"] == f"{UPSTREAM}?q=&per_page=1&page=2"


@pytest.mark.parametrize(
    ("asked", "size"),
    [("7", 7), ("100", 100), ("250", 100), ("0", 50), ("-5", 50), ("many", 50), ("", 50)],
)
def test_the_size_of_a_page_is_clamped(ask, asked, size):
    body = ask(f"{SEARCH}?per_page={asked}").json()

    assert body["pagination"]["per_page"] == size
    assert len(body["results"]) == size


@pytest.mark.parametrize("path", [SEARCH, "/artists/1001/releases", "/masters/3001/versions"])
@pytest.mark.parametrize("page", ["100", "0", "-1"])
def test_a_page_outside_the_range_is_refused_with_the_range(ask, path, page):
    pages = ask(path).json()["pagination"]["pages"]

    response = ask(f"{path}?page={page}")

    assert response.status_code == 404
    assert response.json() == {"message": f"Page {page} is outside of valid range [1, {pages}]."}


def test_an_unreadable_page_is_the_first(ask):
    assert ask(f"{SEARCH}?page=two").json()["pagination"]["page"] == 1


def test_nothing_found_is_one_empty_page(ask):
    body = ask(f"{SEARCH}?q=nothing+of+the+kind").json()

    assert body == {
        "pagination": {"page": 1, "pages": 1, "per_page": 50, "items": 0, "urls": {}},
        "results": [],
    }
