"""Claim what the host registers and which function it tries first."""

from dataclasses import replace

import pytest

from sandbox.host.errors import HostError
from sandbox.host.router import build_router, kestrel_path
from sandbox.host.worker import IndexedFunction


def function(name, route, *methods):
    return IndexedFunction(
        name=name,
        function_id=name,
        parameter_name="req",
        route=route,
        methods=frozenset(methods) or None,
        auth_level="anonymous",
    )


def answering(router, method, path):
    matched = router.match(method, path)
    return matched and matched[0].name


def test_routes_are_tried_by_function_name_whatever_their_order_or_precision():
    router = build_router(
        [function("b_exact", "x/new"), function("A_any", "x/{id}"), function("c_all", "{*p}")], ""
    )

    assert answering(router, "GET", "/x/new") == "A_any"
    assert answering(router, "GET", "/y") == "c_all"


def test_a_route_that_fails_its_method_or_constraint_leaves_the_path_to_the_next():
    router = build_router(
        [
            function("a", "x/{id:int}", "GET"),
            function("b", "x/{name}", "GET"),
            function("c", "x/{id}", "PUT"),
        ],
        "api",
    )

    assert answering(router, "GET", "/api/x/1") == "a"
    assert answering(router, "GET", "/api/x/one") == "b"
    assert answering(router, "PUT", "/api/x/1") == "c"
    assert answering(router, "HEAD", "/api/x/1") is None
    assert answering(router, "GET", "/x/1") is None


def test_the_same_route_may_answer_different_methods():
    router = build_router([function("a", "x", "GET"), function("b", "/x/", "PUT")], "")

    assert answering(router, "PUT", "/x") == "b"


@pytest.mark.parametrize(
    "name", ["1st", "_private", "with.dot", "host", "HOST", "a" * 129, "naïve", ""]
)
def test_a_name_the_host_does_not_allow_is_refused(name):
    with pytest.raises(HostError, match="does not allow this name"):
        build_router([function(name, "x")], "")


@pytest.mark.parametrize("route", ["admin", "/Admin/keys", "administration/x", "runtime/x"])
def test_a_route_the_host_keeps_for_itself_is_refused(route):
    with pytest.raises(HostError, match=f"function 'f', route '{route}': the host keeps"):
        build_router([function("f", route)], "")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (function("a", "X/{id}", "GET"), function("b", "/x/{ID}/", "GET", "PUT")),
        (function("a", "x"), function("b", "x", "PUT")),
        (function("a", "x"), function("b", "x")),
    ],
)
def test_two_functions_for_one_route_and_method_are_refused(first, second):
    with pytest.raises(HostError, match="functions 'a' and 'b' both answer the route"):
        build_router([second, first], "")


def test_a_function_that_wants_a_key_is_refused():
    keyed = replace(function("f", "x"), auth_level="function")

    with pytest.raises(HostError, match="'f' has the auth level 'function', but the sandbox host"):
        build_router([keyed], "")


def test_a_faulty_route_is_refused_by_function_and_route():
    with pytest.raises(HostError, match=r"function 'f', route 'api//x': '//' may not stand"):
        build_router([function("f", "/x")], "api")


@pytest.mark.parametrize(
    ("raw_path", "path"),
    [
        (b"/", "/"),
        (b"", "/"),
        (b"/a/b/", "/a/b/"),
        (b"/a%20b", "/a b"),
        (b"/a%2Fb%2fc", "/a%2Fb%2fc"),
        (b"/a%252Fb", "/a%2Fb"),
        (b"/a%2541", "/a%41"),
        (b"/Bj%C3%B6rk", "/Björk"),
        (b"/%FF", "/\ufffd"),
        (b"/a+b", "/a+b"),
        (b"/a/./b", "/a/b"),
        (b"/a/../b", "/b"),
        (b"/a/%2E%2e/b", "/b"),
        (b"/../../a", "/a"),
        (b"/a/..", "/"),
        (b"/a/b/..", "/a/"),
        (b"/a/.", "/a/"),
        (b"/a//b", "/a//b"),
        (b"/a/...", "/a/..."),
    ],
)
def test_a_path_is_decoded_once_but_for_its_slashes_and_its_dots_are_resolved(raw_path, path):
    assert kestrel_path(raw_path) == path
