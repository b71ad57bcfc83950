"""Claim how a raw query and path values become parameters, a 400 that names one, or nothing."""

import pytest

from discogs_api.operations import GET_ARTIST, GET_RELEASE, OPERATIONS, SEARCH
from discogs_proxy.exchange import Inbound
from discogs_proxy.parameters import ignored_header, read
from tests.proxy.support.operations import FOLDER
from tests.proxy.support.rig import KEYED, envelope, inbound, proxy

_PATH = {"username": "someone", "folder": "1"}


def forwarded(operation, query="", **changes):
    """Return the target that reached the upstream."""
    rig = proxy()
    answer = rig.ask(operation, query, **changes)
    assert answer.status == 200, answer.body
    return rig.upstream.targets[0]


def refused(operation, query="", **changes):
    """Return the envelope of a 400, and prove that nothing went upstream."""
    rig = proxy()
    answer = rig.ask(operation, query, **changes)
    assert (answer.status, rig.upstream.requests) == (400, [])
    content = envelope(answer)
    assert content["error"] == "invalid_request"
    return content


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("q=miles+davis", "q=miles%20davis"),
        ("q=miles%20davis", "q=miles%20davis"),
        ("q=1%2B1", "q=1%2B1"),
        ("q=", "q="),
        ("q", "q="),
        ("q==", "q=%3D"),
        ("q=a=b", "q=a%3Db"),
        ("&&q=x&&", "q=x"),
        ("q=Bj%C3%B6rk", "q=Bj%C3%B6rk"),
        ("q=Björk", "q=Bj%C3%B6rk"),
        ("q=%F0%9F%8E%B5", "q=%F0%9F%8E%B5"),
        ("q=%00", "q=%00"),
        ("q=%2F..%2F..%2Foauth", "q=%2F..%2F..%2Foauth"),
        ("q=../../oauth", "q=..%2F..%2Foauth"),
        ("q=%0D%0AX-Evil%3A+1", "q=%0D%0AX-Evil%3A%201"),
        ("q=a%3Fb%23c%26d%3De", "q=a%3Fb%23c%26d%3De"),
        ("q=a?b", "q=a%3Fb"),
        ("q=a#b", "q=a%23b"),
        ("q=a;type=label", "q=a%3Btype%3Dlabel"),
        ("q=100%", "q=100%25"),
        ("q=%zz", "q=%25zz"),
        ("q=%252e", "q=%252e"),
        ("%71=x", "q=x"),
        ("q=-._~'()*!@:$,[]", "q=-._~%27%28%29%2A%21%40%3A%24%2C%5B%5D"),
        ("type=release&q=x&country=UK", "type=release&q=x&country=UK"),
        ("country=UK&type=release", "country=UK&type=release"),
    ],
)
def test_a_query_goes_out_decoded_once_and_quoted_again(query, sent):
    assert forwarded(SEARCH, query) == f"/database/search?{sent}"


def test_defaults_of_the_description_are_not_added():
    assert forwarded(SEARCH, "q=x") == "/database/search?q=x"
    assert forwarded(GET_RELEASE) == "/releases/1"


def test_a_query_of_nothing_leaves_no_question_mark():
    assert forwarded(GET_RELEASE, "&&") == "/releases/1"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("q=a&q=b", "q: given more than once."),
        ("q=a&q=a", "q: given more than once."),
        ("q=a&%71=b", "q: given more than once."),
        ("q=&q", "q: given more than once."),
        ("&".join(["q=a"] * 2000), "q: given more than once."),
        ("q=a&type=label&type=label&q=b", "type: given more than once. q: given more than once."),
        ("q=%FF", "q: not UTF-8 once its percent signs are decoded."),
        ("q=%ED%A0%80", "q: not UTF-8 once its percent signs are decoded."),
        ("q=%C0%AF", "q: not UTF-8 once its percent signs are decoded."),
        ("page=1&q=%FF", "q: not UTF-8 once its percent signs are decoded."),
        ("q=x&type=Release", "type: Input should be 'release', 'master', 'artist' or 'label'."),
        ("q=x&type=", "type: Input should be 'release', 'master', 'artist' or 'label'."),
        ("q=x&page=0", "page: Input should be greater than or equal to 1."),
        ("q=x&per_page=101", "per_page: Input should be less than or equal to 100."),
        ("q=x&page=", "page: Input should be a valid integer."),
    ],
)
def test_a_bad_query_is_refused_by_the_name_of_its_parameter(query, message):
    content = refused(SEARCH, query)

    assert (content["reason"], content["message"]) == ("invalid_parameter", message)


def test_every_bad_parameter_is_named_at_once():
    message = refused(SEARCH, "q=x&page=a&per_page=b&sort_order=c")["message"]

    assert [part.split(":")[0] for part in message.split(". ")] == [
        "page",
        "per_page",
        "sort_order",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "+5",
        " 5",
        "5 ",
        "5\n",
        "1_000",
        "\uff15",
        "\u0665",
        "²",
        "nan",
        "inf",
        "1e3",
        "5.0",
        "0x5",
        "007",
        "",
        "true",
        "[5]",
        '"5"',
        "9" * 5000,
        "-" + "9" * 101,
    ],
)
def test_an_integer_is_written_as_in_json_or_refused(text):
    content = refused(GET_ARTIST, values={"artist_id": text})

    assert content["message"] in {
        "artist_id: Input should be a valid integer.",
        "artist_id: '' cannot be one segment of a path.",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0", "artist_id: Input should be greater than or equal to 1."),
        ("-5", "artist_id: Input should be greater than or equal to 1."),
        ("-0", "artist_id: Input should be greater than or equal to 1."),
        ("9007199254740992", "artist_id: Input should be less than or equal to 9007199254740991."),
        ("9" * 100, "artist_id: Input should be less than or equal to 9007199254740991."),
    ],
)
def test_an_integer_out_of_range_is_refused_with_its_bound(text, message):
    assert refused(GET_ARTIST, values={"artist_id": text})["message"] == message


def test_an_integer_within_range_goes_out_as_it_came():
    assert forwarded(GET_ARTIST, values={"artist_id": "9007199254740991"}) == (
        "/artists/9007199254740991"
    )


def test_a_path_value_that_the_host_did_not_find_is_missing():
    assert refused(GET_ARTIST, values={})["message"] == "artist_id: Field required."


@pytest.mark.parametrize("text", ["0", "5", "-0", "5.25", "1e3", "1E-2", "12345678901234567890"])
def test_a_number_is_written_as_in_json(text):
    sent = forwarded(FOLDER, f"price={text}", values=_PATH)

    assert sent == f"/users/someone/folders/1?price={text}"


@pytest.mark.parametrize(
    "text",
    ["nan", "NaN", "Infinity", "inf", "1e999", "+5", ".5", "5.", "1_0", "\uff15", "0x1p3", ""],
)
def test_what_json_would_not_call_a_number_is_refused(text):
    content = refused(FOLDER, f"price={text.replace('+', '%2B')}", values=_PATH)

    assert content["message"] == "price: Input should be a valid number."


def test_a_boolean_is_true_or_false():
    assert forwarded(FOLDER, "exact=true", values=_PATH).endswith("?exact=true")
    assert forwarded(FOLDER, "exact=false", values=_PATH).endswith("?exact=false")


@pytest.mark.parametrize("text", ["True", "TRUE", "1", "yes", "on", "", "null"])
def test_nothing_else_is_a_boolean(text):
    message = refused(FOLDER, f"exact={text}", values=_PATH)["message"]

    assert message == "exact: Input should be a valid boolean."


@pytest.mark.parametrize("currency", ["USD", "GBP", "EUR", "CAD", "ZAR"])
def test_a_member_of_an_enumeration_passes(currency):
    assert forwarded(GET_RELEASE, f"curr_abbr={currency}") == f"/releases/1?curr_abbr={currency}"


@pytest.mark.parametrize("currency", ["usd", "USD ", "US", "", "USD,EUR"])
def test_what_is_no_member_of_an_enumeration_is_refused(currency):
    assert refused(GET_RELEASE, f"curr_abbr={currency}")["message"].startswith("curr_abbr: Input")


@pytest.mark.parametrize("query", ["", "?", "&", "query=x", "token=x&key=y&Q=z", "q%00=x", ";q=x"])
def test_a_search_for_nothing_is_refused_before_discogs_is_asked(query):
    content = refused(SEARCH, query)

    assert content["reason"] == "no_supported_search_params"
    assert content["message"].startswith("Give at least one of these query parameters: q, type, ")


@pytest.mark.parametrize(
    ("query", "sent", "ignored"),
    [
        ("token=hunter2", "", "token"),
        ("key=hunter2&secret=hunter2", "", "key, secret"),
        ("callback=hunter2&code=hunter2", "", "callback, code"),
        ("curr_abbr=EUR&token=hunter2", "?curr_abbr=EUR", "token"),
        ("CURR_ABBR=hunter2", "", "CURR_ABBR"),
        ("curr_abbr%00=hunter2", "", "curr_abbr%00"),
        ("curr_abbr[]=hunter2", "", "curr_abbr%5B%5D"),
        ("release_id=hunter2", "", "release_id"),
        ("a=1&b=2&a=3", "", "a, b"),
        ("=hunter2", "", None),
        ("%0D%0AX-Evil:%201=hunter2", "", "%0D%0AX-Evil%3A%201"),
        ("a\r\nX-Evil: 1=hunter2", "", "a%0D%0AX-Evil%3A%201"),
        ("%FF%FE=hunter2", "", "%FF%FE"),
        ("Björk=hunter2", "", "Bj%C3%B6rk"),
        ("a,b=hunter2", "", "a%2Cb"),
        ("a+b=hunter2", "", "a%20b"),
        ("x" * 10_000 + "=hunter2", "", "x" * 1000 + "..."),
        ("&".join(f"n{i}=hunter2" for i in range(9)), "", "n0, n1, n2, n3, n4, n5, n6, n7, n8"),
    ],
)
def test_what_is_not_declared_stays_here_and_is_named_to_the_caller(query, sent, ignored, caplog):
    caplog.set_level("DEBUG")
    rig = proxy()

    answer = rig.ask(GET_RELEASE, query)

    assert rig.upstream.targets == [f"/releases/1{sent}"]
    assert answer.header("x-ignored-parameters") == ignored
    assert ignored is None or ignored.isascii()
    assert "hunter2" not in caplog.text + repr(answer)


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"headers": {}}, 401), ({"values": {"release_id": "x"}}, 400), ({"headers": KEYED}, 200)],
)
def test_ignored_names_are_told_on_errors_too(changes, status):
    answer = proxy().ask(GET_RELEASE, "token=x", **changes)

    assert (answer.status, answer.header("x-ignored-parameters")) == (status, "token")


def test_nothing_ignored_adds_no_header():
    assert proxy().ask(GET_RELEASE).header("x-ignored-parameters") is None


def test_only_declared_headers_are_read():
    headers = {**KEYED, "x-currency": "EUR", "x-other": "1", "accept": "text/html"}

    rig = proxy()
    rig.ask(FOLDER, values=_PATH, headers=headers)
    sent = rig.upstream.requests[0].headers

    assert sent["x-currency"] == "EUR"
    assert "x-other" not in sent
    assert sent["accept"] == "application/vnd.discogs.v2.plaintext+json"


@pytest.mark.parametrize("operation", [GET_ARTIST, GET_RELEASE, SEARCH])
def test_a_header_named_like_a_parameter_is_none(operation):
    headers = {**KEYED, **{p.name: "1" for p in operation.parameters}}

    given = read(operation, inbound(operation, headers=headers))

    assert {parameter.place for parameter, _ in given.values} <= {"path"}


@pytest.mark.parametrize("text", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "\x7f", "é", "鍵"])
def test_a_header_value_that_cannot_be_sent_is_refused_by_name(text):
    content = refused(FOLDER, values=_PATH, headers={**KEYED, "x-currency": text})

    assert content["message"] == "X-Currency: visible ASCII characters and blanks only."


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    "url",
    [
        "",
        "?",
        "https://proxy.test",
        "https://proxy.test/api/x?%",
        "https://proxy.test/api/x?%F",
        "https://proxy.test/api/x?=&=&&=%FF",
        "https://proxy.test/api/x?" + "&" * 10_000,
        "https://proxy.test/api/x?" + "%" * 10_000,
        "https://proxy.test/api/x?\x00",
    ],
)
def test_reading_never_fails(operation, url):
    given = read(operation, Inbound("GET", url, {}, {}))

    assert given.values == ()
    assert ignored_header(given).isascii()
