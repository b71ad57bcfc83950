"""`python -m codegen.action_lint`: what it reads, what it prints, how it ends."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import yaml

from codegen.action_lint.__main__ import main
from codegen.action_lint.linter import RULES
from tests.codegen.action_lint.editing import edited

_LONG = {"/paths/~1books/get/description": "Find books. " * 34}
_TERSE = {"/paths/~1books/get/summary": "Find."}


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that lints a spec, or a text, and returns the exit code and the output."""

    def run(spec, *options, name="spec.json"):
        path = tmp_path / name
        path.write_text(spec if isinstance(spec, str) else json.dumps(spec), encoding="utf-8")
        code = main([str(path), *options])
        printed = capsys.readouterr()
        return code, printed.out.replace(f"{tmp_path}/", ""), printed.err

    return run


def test_a_clean_spec_ends_with_0(run):
    assert run(edited({})) == (0, "spec.json: 0 errors, 0 warnings.\n", "")


def test_an_error_ends_with_1_and_quotes_the_builder(run):
    assert run(edited(_LONG)) == (
        1,
        "spec.json: error GA006 408 characters, 300 are taken; say it in fewer\n"
        "    at #/paths/~1books/get/description\n"
        '    the GPT builder says: "<op>.description has length 482 exceeding limit of 300"\n'
        "spec.json: 1 error, 0 warnings.\n",
        "",
    )


def test_a_warning_alone_ends_with_0(run):
    code, printed, _ = run(edited(_TERSE))

    assert code == 0
    assert printed.endswith("spec.json: 0 errors, 1 warning.\n")


def test_programs_get_json(run):
    code, printed, _ = run(edited({**_LONG, **_TERSE}), "--format", "json")

    assert code == 1
    report = json.loads(printed)
    assert (report["file"], report["errors"], report["warnings"]) == ("spec.json", 1, 1)
    assert report["findings"][0] == {
        "rule": "GA006",
        "level": "error",
        "pointer": "/paths/~1books/get/description",
        "message": "408 characters, 300 are taken; say it in fewer",
        "builder": ["<op>.description has length 482 exceeding limit of 300"],
    }
    assert report["findings"][1]["level"] == "warning"


def test_yaml_is_read_as_json_would_be(run):
    spec = edited({"/info/version": "2026-11-22"})
    text = yaml.safe_dump(spec).replace("'2026-11-22'", "2026-11-22").replace("'404':", "404:")

    assert run(text, name="spec.yaml") == (0, "spec.yaml: 0 errors, 0 warnings.\n", "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "Expecting property name"),
        ("[1]", "no mapping"),
        ("", "no mapping"),
        ('{"a": 1, "a": 2}', "'a' stands twice"),
        ('{"a": NaN}', "NaN is no JSON"),
        ("a: [", "parsing"),
        ("a: &a [*a]", "nested too deep"),
        ("{" + '"a": {' * 2000 + "}" * 2001, ""),
        ("a: &a [x]\nb: &b [*a, *a]\n" + "c: " + "[" * 80 + "]" * 80, "nested too deep"),
    ],
)
def test_what_is_no_spec_ends_with_2(run, text, complaint):
    code, printed, error = run(text, name="spec.txt")

    assert (code, printed) == (2, "")
    assert complaint in error


def test_a_file_that_is_not_there_ends_with_2(capsys, tmp_path):
    assert main([str(tmp_path / "none.json")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_the_options_reach_the_rules(run):
    spec = edited({"/servers/0/url": "https://gateway.example/api"})
    address = ("--served-from", "https://gateway.example/api/openapi.json")

    assert run(spec)[0] == 1
    assert run(spec, "--placeholder", "gateway.example", *address)[0] == 0
    assert "GA035" in run(spec, "--served-from", "https://other.town/openapi.json")[1]


def test_the_rules_are_listed_with_the_builders_words(capsys):
    assert main(["--rules"]) == 0

    printed = capsys.readouterr().out
    for rule in RULES:
        assert f"{rule.id} {rule.level}" in printed
        assert all(words in printed for words in rule.builder)


def test_without_a_file_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit) as ended:
        main([])

    assert ended.value.code == 2
    assert "name a FILE" in capsys.readouterr().err


@pytest.fixture
def serve():
    """Return a function that serves one answer on this machine and returns its address."""
    servers = []

    def serve(status, headers, body):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/openapi.json"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


_HERE = {"/servers/0/url": "https://127.0.0.1/v1"}
_JSON = {"Content-Type": "application/json"}


def _served(serve, spec, capsys, status=200, headers=_JSON):
    address = serve(status, headers, json.dumps(spec).encode())
    code = main([address, "--format", "json", "--placeholder", "127.0.0.1"])
    return code, json.loads(capsys.readouterr().out)["findings"]


def test_a_spec_is_fetched_from_the_address_that_serves_it(serve, capsys):
    assert _served(serve, edited(_HERE), capsys) == (0, [])


@pytest.mark.parametrize(
    ("edits", "status", "headers", "words"),
    [
        ({}, 200, _JSON, "the server is on 'api.library.town', the spec on '127.0.0.1'"),
        (_HERE, 302, {**_JSON, "Location": "/elsewhere"}, "follow no redirect"),
        (_HERE, 203, _JSON, "answers 203"),
        (_HERE, 200, {"Content-Type": "text/html"}, "'text/html'"),
    ],
)
def test_how_it_is_served_is_looked_at(serve, capsys, edits, status, headers, words):
    code, (finding,) = _served(serve, edited(edits), capsys, status, headers)

    assert (code, finding["rule"]) == (1, "GA035")
    assert words in finding["message"]


def test_an_address_without_a_spec_ends_with_2(serve, capsys):
    assert main([serve(404, {"Content-Type": "text/html"}, b"<p>None</p>")]) == 2
    assert "answers 404" in capsys.readouterr().err


def test_an_address_where_nobody_listens_ends_with_2(capsys):
    assert main(["http://127.0.0.1:1/openapi.json"]) == 2
    assert "127.0.0.1:1" in capsys.readouterr().err


def test_a_console_that_knows_ascii_only_can_show_any_finding(tmp_path):
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(edited({"/servers/0/url": "Ö\ud800"})), encoding="ascii")

    done = subprocess.run(
        [sys.executable, "-m", "codegen.action_lint", path],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        check=False,
    )

    assert done.returncode == 1
    assert b"'\\xd6\\ud800' is no absolute https address" in done.stdout


def test_it_runs_as_a_command_and_lists_its_rules_without_the_slow_reader():
    code = (
        "import sys; from codegen.action_lint.__main__ import main; main(['--rules']);"
        "sys.exit('pydantic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
