"""Claim how one route template is parsed and matched."""

import pytest

from sandbox.host.errors import RouteError
from sandbox.host.route import parse_route

LONG_GUID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("releases", "/releases", {}),
        ("Releases", "/rELEASES", {}),
        ("releases", "/releases/", {}),
        ("releases", "/releases//", None),
        ("releases", "/releases/1", None),
        ("releases", "/release", None),
        ("", "/", {}),
        ("a.c", "/abc", None),
        ("/rooted", "/rooted", {}),
        ("~/rooted", "/rooted", {}),
        ("trailing/", "/trailing", {}),
        ("releases/{id}", "/releases/7", {"id": "7"}),
        ("releases/{id}", "/releases/7/", {"id": "7"}),
        ("releases/{id}", "/releases/", None),
        ("releases/{id}", "/releases/7/8", None),
        ("releases/{Id}", "/releases/A%2Fb", {"Id": "A%2Fb"}),
        ("{a}/{b}", "/x/y", {"a": "x", "b": "y"}),
        ("{name}.{kind}", "/a.b.c", {"name": "a", "kind": "b.c"}),
        ("v{n}/x", "/v2/x", {"n": "2"}),
        ("{{x}}", "/{x}", {}),
        ("{a}\n", "/1\n", {"a": "1"}),
    ],
)
def test_a_template_matches_whole_paths_in_any_letter_case(template, path, values):
    assert parse_route(template).match(path) == values


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("r/{id?}", "/r", {}),
        ("r/{id?}", "/r/", {}),
        ("r/{id?}", "/r/7", {"id": "7"}),
        ("r/{id=1}", "/r", {"id": "1"}),
        ("r/{id=1}", "/r/7", {"id": "7"}),
        ("r/{a?}/{b?}", "/r/1", {"a": "1"}),
        ("r/{a?}/{b?}", "/r/1/2", {"a": "1", "b": "2"}),
        ("r/{a?}/end", "/r/1/end", {"a": "1"}),
        ("r/{a?}/end", "/r/end", None),
        ("{id?}", "/", {}),
        ("r/{id:int?}", "/r", {}),
        ("r/{id:int?}", "/r/x", None),
        ("r/{id:int=5}", "/r", {"id": "5"}),
    ],
)
def test_an_optional_or_defaulted_end_may_be_missing_with_its_slash(template, path, values):
    assert parse_route(template).match(path) == values


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("{*rest}", "/", {}),
        ("{*rest}", "/a/b", {"rest": "a/b"}),
        ("api/{**rest}", "/api", {}),
        ("api/{**rest}", "/api/", {}),
        ("api/{*rest}", "/api/a//b/", {"rest": "a//b/"}),
        ("api/{*rest}", "/apis", None),
        ("api/{*rest=none}", "/api", {"rest": "none"}),
        ("api/{*rest:length(3)}", "/api/a/b", {"rest": "a/b"}),
    ],
)
def test_a_catch_all_takes_the_rest_slashes_included_or_nothing(template, path, values):
    assert parse_route(template).match(path) == values


@pytest.mark.parametrize(
    ("constraint", "held", "broken"),
    [
        (
            "int",
            ["1", "-1", "+1", " 1 ", "2147483647"],
            ["x", "1.0", "2147483648", "1_0", "\u0661"],
        ),
        ("INT", ["1"], ["x"]),
        ("long", ["2147483648", "-9223372036854775808"], ["9223372036854775808"]),
        ("decimal", ["1", "1.5", "1,000.5", "-.5"], ["x", "1_0", "--1"]),
        ("double", ["1e3"], ["e3"]),
        ("float", ["1."], ["."]),
        ("bool", ["true", "FALSE"], ["1", "yes"]),
        ("guid", [LONG_GUID, f"{{{LONG_GUID}}}", f"({LONG_GUID})", "0" * 32], ["0" * 31, "x"]),
        ("datetime", ["2024-02-29", "2024-02-29T10:00:00"], ["2023-02-29", "today"]),
        ("alpha", ["abcXYZ"], ["a1", "é"]),
        ("required", ["x"], []),
        ("minlength(2)", ["ab", "abc"], ["a"]),
        ("maxlength(2)", ["a", "ab"], ["abc"]),
        ("length(2)", ["ab"], ["a", "abc"]),
        ("length(2,3)", ["ab", "abc"], ["a", "abcd"]),
        ("min(2)", ["2", "3"], ["1", "x"]),
        ("max(2)", ["-5", "2"], ["3", "x"]),
        ("range(2, 3)", ["2", "3"], ["1", "4", "x"]),
        (r"regex(^\d{{2}}$)", ["12"], ["1", "123"]),
        ("regex(^(a|b)/?$)", ["A", "b"], ["c"]),
        ("int:min(5)", ["5"], ["4", "x"]),
    ],
)
def test_a_constraint_decides_over_the_text_of_its_parameter(constraint, held, broken):
    route = parse_route(f"{{value:{constraint}}}")

    assert [text for text in held if route.match(f"/{text}") != {"value": text}] == []
    assert [text for text in broken if route.match(f"/{text}") is not None] == []


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("api//x", "'//' may not stand in a route"),
        ("//x", "'//' may not stand in a route"),
        ("a/{id", "'{' at position 2 is out of place"),
        ("a/id}", "'}' at position 4 is out of place"),
        ("a/{}", "'{' at position 2 is out of place"),
        ("a?b", "'?' at position 1 is out of place"),
        ("{a}/{A}", "the parameter 'a' is repeated"),
        ("{*a}/b", "a catch-all parameter must come last"),
        ("x{*a}", "{a} may be missing, so it must fill its segment"),
        ("x{a?}", "{a} may be missing, so it must fill its segment"),
        ("{a}{b}", "two parameters need text or '/' between them"),
        ("{*a?}", "{a} may be missing anyway, so it takes no '?'"),
        ("{a=1?}", "{a} may be missing anyway, so it takes no '?'"),
        ("{id:integer}", "the host knows no constraint 'integer'"),
        ("{id:int(3)}", "the host knows no constraint 'int(3)'"),
        ("{id:min}", "the host knows no constraint 'min'"),
        ("{id:min(x)}", "the host knows no constraint 'min(x)'"),
        ("{id:range(1)}", "the host knows no constraint 'range(1)'"),
        ("{id:range(1,x)}", "the host knows no constraint 'range(1,x)'"),
        ("{id:regex([)}", "'[' is no regular expression: unterminated character set"),
        ("{id:}", "{id:} is no route parameter"),
    ],
)
def test_a_faulty_template_is_refused_with_its_reason(template, reason):
    with pytest.raises(RouteError) as refused:
        parse_route(template)

    assert str(refused.value).startswith(reason)
