"""Claim how a function app is served, whichever worker the interpreter has.

Every claim holds on the SDK's converters and on Azure's own worker library alike, but for the
signature checks, which only the library makes.
"""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from sandbox.host.app import FunctionsHost
from sandbox.host.errors import HostError

DRIVER = Path(__file__).with_name("native_scenarios.py")
REPOSITORY = Path(__file__).parents[3]
WORKERS = ["library"] if sys.version_info >= (3, 13) else ["converters", "library"]

HEAD = """
import json
import os
import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
"""

SERVED = (
    HEAD
    + """
def seen(req):
    return {
        "method": req.method,
        "url": req.url,
        "params": dict(req.params),
        "route_params": dict(req.route_params),
        "header": req.headers.get("X-Sent"),
        "body": req.get_body().decode(),
    }


@app.route(route="echo/{id}", methods=["GET", "POST", "PUT"])
async def echo(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(json.dumps(seen(req)), mimetype="application/json")


@app.route(route="order/new", methods=["GET"])
async def order_b_exact(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("exact")


@app.function_name("Order_A_any")
@app.route(route="order/{id}", methods=["GET"])
async def order_any(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("any")


@app.route(route="number/{id:int}", methods=["GET"])
def number(req: func.HttpRequest) -> str:
    return "number " + req.route_params["id"]


@app.route(route="every")
async def every(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(req.method)


@app.route(methods=["GET"])
async def unrouted(req: func.HttpRequest) -> str:
    return "by its name"


@app.route(route="files/{*path}", methods=["GET"])
async def zz_files(req: func.HttpRequest) -> str:
    return req.route_params.get("path", "nothing")


@app.route(route="headed", methods=["GET", "HEAD"])
async def headed(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("body")


@app.route(route="empty", methods=["GET", "HEAD"])
async def empty(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(status_code=int(req.params.get("status", "200")))


@app.route(route="headers", methods=["GET"])
async def headers(req: func.HttpRequest) -> func.HttpResponse:
    response = func.HttpResponse("x")
    for name, value in [("Link", "first"), ("link", "last"), ("X-Own", "mine")]:
        response.headers.add(name, value)
    response.headers.add("Set-Cookie", "a=1; Path=/")
    response.headers.add("Set-Cookie", "b=2")
    return response


@app.route(route="text", methods=["GET"])
async def text(req: func.HttpRequest) -> str:
    return "Björk"


@app.route(route="none", methods=["GET"])
async def none(req: func.HttpRequest) -> func.HttpResponse:
    return None


@app.route(route="dict", methods=["GET"])
async def dictionary(req: func.HttpRequest) -> func.HttpResponse:
    return {"a": 1}


@app.route(route="fails", methods=["GET"])
async def fails(req: func.HttpRequest) -> func.HttpResponse:
    raise KeyError("on purpose")


@app.route(route="fails-in-thread", methods=["GET"])
def fails_in_thread(req: func.HttpRequest) -> func.HttpResponse:
    raise KeyError("on purpose")


@app.route(route="bad-status", methods=["GET"])
async def bad_status(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(status_code="fine")


@app.route(route="bad-header", methods=["GET"])
async def bad_header(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(headers={"X-Name": "\\u65e5"})


@app.route(route="context", methods=["GET"])
async def with_context(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
    return func.HttpResponse(f"{context.function_name} {len(context.invocation_id)}")


@app.route(route="surroundings", methods=["GET"])
def surroundings(req: func.HttpRequest) -> str:
    names = ("FROM_FILE", "FROM_BOTH")
    return json.dumps([os.environ[name] for name in names] + [os.path.exists("host.json")])


@app.function_name("silent")
@app.generic_trigger(
    arg_name="req", type="httpTrigger", route="silent", authLevel="ANONYMOUS", methods=["GET"]
)
async def silent(req: func.HttpRequest) -> None:
    return None


@app.timer_trigger(schedule="0 0 * * * *", arg_name="timer")
async def hourly(timer: func.TimerRequest) -> None:
    return None
"""
)


class Served:
    """Exchange messages with one function app in a process of its own."""

    def __init__(self, python, script_root, **environment):
        self._process = subprocess.Popen(
            [str(python), str(DRIVER), str(script_root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", **environment},
        )
        self.started = self._read()

    def send(self, method, target, *, headers=None, body="", is_chunked=False):
        question = {
            "method": method,
            "target": target,
            "headers": headers or {},
            "body": body,
            "is_chunked": is_chunked,
        }
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._read()

    def get(self, target):
        return self.send("GET", target)

    def close(self):
        self._process.communicate()
        return self._process.returncode

    def _read(self):
        line = self._process.stdout.readline()
        assert line, f"the host's process ended with {self._process.wait()}"
        return json.loads(line)


def write_app(folder, source, *, http=None, values=None):
    (folder / "function_app.py").write_text(source, encoding="utf-8")
    host = {"version": "2.0", "extensions": {"http": http or {}}}
    (folder / "host.json").write_text(json.dumps(host))
    if values:
        local_settings = {"IsEncrypted": False, "Values": values}
        (folder / "local.settings.json").write_text(json.dumps(local_settings))


def interpreter(worker, request):
    if worker == "converters":
        return Path(sys.executable)
    return request.getfixturevalue("native_python")


@pytest.fixture(scope="session", params=WORKERS)
def served(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"served-by-{request.param}")
    values = {"FROM_FILE": "file", "FROM_BOTH": "file"}
    write_app(folder, SERVED, http={"customHeaders": {"X-Content": "nosniff"}}, values=values)
    host = Served(interpreter(request.param, request), folder, FROM_BOTH="environment")
    assert host.started == {"type": "lifespan.startup.complete"}
    yield host
    assert host.close() == 0


@pytest.fixture(params=WORKERS)
def serve(request, tmp_path):
    with starting(interpreter(request.param, request), tmp_path) as start:
        yield start


@pytest.fixture
def serve_natively(native_python, tmp_path):
    with starting(native_python, tmp_path) as start:
        yield start


@contextmanager
def starting(python, folder):
    with ExitStack() as hosts:

        def start(source, **settings):
            write_app(folder, source, **settings)
            host = Served(python, folder)
            hosts.callback(host.close)
            return host

        yield start


def test_functions_are_tried_in_order_of_their_names(served):
    assert served.get("/api/order/new")["body"] == "any"


def test_routes_match_in_any_letter_case_and_with_a_trailing_slash(served):
    assert served.get("/API/Number/5/")["body"] == "number 5"


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/api/nowhere"),
        ("GET", "/echo/1"),
        ("DELETE", "/api/echo/1"),
        ("HEAD", "/api/echo/1"),
        ("OPTIONS", "/api/echo/1"),
        ("GET", "/api/number/one"),
    ],
)
def test_a_miss_of_any_kind_is_404_without_a_body(served, method, target):
    missed = served.send(method, target)

    assert (missed["status"], missed["body"]) == (404, "")


@pytest.mark.parametrize("method", ["GET", "DELETE", "TRACE", "HEAD"])
def test_a_function_without_methods_answers_every_method(served, method):
    answered = served.send(method, "/api/every")

    assert answered["status"] == 200
    assert answered["body"] == ("" if method == "HEAD" else method)


def test_a_function_without_a_route_answers_by_its_name(served):
    assert served.get("/api/unrouted")["body"] == "by its name"


@pytest.mark.parametrize(
    ("target", "rest"),
    [("/api/files/a/b%2Fc", "a/b%2Fc"), ("/api/files/", "nothing"), ("/api/files", "nothing")],
)
def test_a_catch_all_route_takes_the_rest_of_the_path(served, target, rest):
    assert served.get(target)["body"] == rest


def test_a_handler_sees_the_request_by_the_rules_of_the_host(served):
    answered = served.send(
        "POST",
        "/api/x/%2E%2E/Echo/a%2Fb%20c?Q=&Page=1&page=2&empty",
        headers={"x-sent": "1"},
        body="body",
    )

    assert json.loads(answered["body"]) == {
        "method": "POST",
        "url": "http://host.test/api/Echo/a%2Fb%20c?Q=&Page=1&page=2&empty",
        "params": {"Page": "1,2"},
        "route_params": {"id": "a%2Fb c"},
        "header": "1",
        "body": "body",
    }


def test_a_chunked_body_arrives_empty(served):
    answered = served.send("POST", "/api/echo/1", body="body", is_chunked=True)

    assert json.loads(answered["body"])["body"] == ""


def test_of_duplicate_headers_the_last_wins_and_only_cookies_repeat(served):
    assert sorted(served.get("/api/headers")["headers"]) == [
        ["content-length", "1"],
        ["content-type", "text/plain; charset=utf-8"],
        ["link", "last"],
        ["set-cookie", "a=1; Path=/"],
        ["set-cookie", "b=2"],
        ["x-content", "nosniff"],
        ["x-own", "mine"],
    ]


def test_a_returned_text_is_plain_text(served):
    answered = served.get("/api/text")

    assert (answered["status"], answered["body"]) == (200, "Björk")
    assert ["content-type", "text/plain; charset=utf-8"] in answered["headers"]


@pytest.mark.parametrize(
    ("method", "target", "status", "length"),
    [
        ("HEAD", "/api/headed", 200, "4"),
        ("HEAD", "/api/empty", 200, None),
        ("GET", "/api/empty", 200, "0"),
        ("GET", "/api/empty?status=204", 204, None),
        ("GET", "/api/empty?status=304", 304, None),
        ("GET", "/api/silent", 204, None),
    ],
)
def test_an_answer_without_a_body_has_the_length_http_allows_it(
    served, method, target, status, length
):
    answered = served.send(method, target)

    assert (answered["status"], answered["body"]) == (status, "")
    assert dict(answered["headers"]).get("content-length") == length


@pytest.mark.parametrize(
    ("route", "name", "reason"),
    [
        ("none", "none", "Error"),
        ("dict", "dictionary", "Error"),
        ("fails", "fails", "KeyError: 'on purpose'"),
        ("fails-in-thread", "fails_in_thread", "KeyError: 'on purpose'"),
        ("bad-status", "bad_status", "ValueError"),
        ("bad-header", "bad_header", "UnicodeEncodeError"),
    ],
)
def test_a_failed_invocation_is_logged_and_answers_500_without_a_body(served, route, name, reason):
    answered = served.get(f"/api/{route}")

    failure = answered["log"][-1]
    assert (answered["status"], answered["body"]) == (500, "")
    assert failure.startswith(f"Executed 'Functions.{name}' (Failed)\nTraceback")
    assert reason in failure


def test_a_handler_may_ask_for_its_context(served):
    assert served.get("/api/context")["body"] == "with_context 36"


def test_local_settings_yield_to_the_environment_and_the_folder_is_current(served):
    assert json.loads(served.get("/api/surroundings")["body"]) == ["file", "environment", True]


def test_a_function_of_another_trigger_has_no_route(served):
    assert served.get("/api/hourly")["status"] == 404


def test_the_root_shows_the_homepage(served):
    homepage = served.get("/")

    assert homepage["status"] == 200
    assert ["content-type", "text/html"] in homepage["headers"]


def test_a_function_may_take_the_root_under_an_empty_prefix(serve):
    source = HEAD + (
        '@app.route(route="{*path}")\n'
        "async def zz_all(req: func.HttpRequest) -> str:\n"
        '    return "all"\n'
    )

    host = serve(source, http={"routePrefix": ""})

    assert host.get("/")["body"] == "all"
    assert host.get("/any/where")["body"] == "all"


def test_the_homepage_can_be_switched_off(serve):
    source = HEAD + '@app.route(route="x")\nasync def x(req: func.HttpRequest) -> str: ...\n'

    host = serve(source, values={"AzureWebJobsDisableHomepage": "true"})

    assert host.get("/")["status"] == 204


ROUTE = "@app.route(route={!r})\nasync def {}(req: func.HttpRequest) -> str: ...\n"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (HEAD, "no HTTP function was found"),
        ("import missing_module", "No module named 'missing_module'"),
        ("x = 1", "ValueError"),
        (HEAD + "other = func.FunctionApp()\n" + ROUTE.format("x", "x"), "ValueError"),
        (HEAD + ROUTE.format("x", "x") + ROUTE.format("y", "x"), "unique function name"),
        (HEAD + ROUTE.format("x", "a") + ROUTE.format("X/", "b"), "functions 'a' and 'b' both"),
        (HEAD + ROUTE.format("runtime", "a"), "function 'a', route 'runtime': the host keeps"),
        (HEAD + ROUTE.format("{id:integer}", "a"), "function 'a', route 'api/{id:integer}': the"),
        (
            HEAD.replace("http_auth_level=func.AuthLevel.ANONYMOUS", "") + ROUTE.format("x", "a"),
            "function 'a' has the auth level 'function', but the sandbox host only serves",
        ),
        (HEAD + "import asyncio\nasyncio.run(asyncio.sleep(0))\n", "asyncio.run() cannot"),
    ],
)
def test_an_app_the_host_would_refuse_does_not_start(serve, source, reason):
    host = serve(source)

    assert host.started["type"] == "lifespan.startup.failed"
    assert reason in host.started["message"]


@pytest.mark.parametrize(
    ("signature", "reason"),
    [
        ("(request: func.HttpRequest) -> str", "'request'"),
        ("(req: func.HttpRequest, id: str) -> str", "'id'"),
        ("(req: dict) -> str", "Python type annotation dict"),
        ("(req: func.HttpRequest) -> dict", "does not match binding type"),
        ("(req: 'Missing') -> str", "name 'Missing' is not defined"),
    ],
)
def test_the_worker_library_refuses_a_faulty_signature(serve_natively, signature, reason):
    host = serve_natively(HEAD + f'@app.route(route="x")\nasync def faulty{signature}: ...\n')

    assert host.started["type"] == "lifespan.startup.failed"
    assert reason in host.started["message"]


def test_a_folder_without_a_function_app_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))

    with pytest.raises(HostError, match=r"there is no function_app\.py to index"):
        asyncio.run(FunctionsHost(tmp_path).start())


def test_a_settings_file_that_is_no_json_is_refused_by_name(tmp_path):
    (tmp_path / "host.json").write_text("{")

    with pytest.raises(HostError, match=r"host\.json"):
        asyncio.run(FunctionsHost(tmp_path).start())
