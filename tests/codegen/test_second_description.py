"""The generator knows nothing of the API that it ships for: another description makes an app."""

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from codegen.output import FOLDER, write
from tests.compiled import CORE, compiled

_SECOND = Path(__file__).parent / "second"
_PACKAGE = "games_api"
_GO = {"title": "Go", "extensions": [{"title": "Small boards", "extensions": []}]}
_LOAN = {"id": 1, "weeks": 2}
_UPSTREAM = {
    "GET /games/7": [200, _GO],
    "GET /games": [200, [_GO]],
    "POST /games/7/loans": [201, _LOAN],
}
_CALLS = {
    "read": ("GET", "/api/games/7", {"X-Club": "north"}, None),
    "unknown": ("GET", "/api/games/8", {}, None),
    "found": ("GET", "/api/games?title=g+o&players=2&colour=red", {}, None),
    "borrowed": ("POST", "/api/games/7/loans", {}, {"weeks": 2, "note": "for two"}),
    "bad path": ("GET", "/api/games/0", {}, None),
    "bad query": ("GET", "/api/games?players=10", {}, None),
    "nothing asked": ("GET", "/api/games", {}, None),
    "bad header": ("GET", "/api/games/7", {"X-Club": "north-west"}, None),
    "bad member": ("POST", "/api/games/7/loans", {}, {"weeks": "2"}),
    "strange member": ("POST", "/api/games/7/loans", {}, {"weeks": 2, "days": 3}),
    "no member": ("POST", "/api/games/7/loans", {}, {"note": "soon"}),
    "another verb": ("PUT", "/api/games/7", {}, None),
    "another path": ("GET", "/api/artists/1", {}, None),
    "without a key": ("GET", "/api/games/7", {"x-api-key": ""}, None),
    "the description for agents": ("GET", "/api/openapi.json", {}, None),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder that the description was compiled into."""
    folder = tmp_path_factory.mktemp("second")
    text = (_SECOND / "openapi.yaml").read_text(encoding="utf-8")
    write(folder, compiled(text, package=_PACKAGE))
    return folder


@pytest.fixture(scope="module")
def app(made, repository):
    """Return an app folder as it is deployed: the shipped one, but for the package made."""
    folder = made / "app"
    shutil.copytree(made / FOLDER, folder)
    shutil.copyfile(repository / "az-function" / "host.json", folder / "host.json")
    root = (repository / "az-function" / "function_app.py").read_text(encoding="utf-8")
    (folder / "function_app.py").write_text(root.replace("discogs_api", _PACKAGE), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(app, repository):
    """Return what an interpreter of its own met when it called the app."""
    script = {"calls": list(_CALLS.values()), "upstream": _UPSTREAM}
    done = subprocess.run(
        [sys.executable, "-m", "tests.codegen.second.invoke", app],
        input=json.dumps(script),
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def answers(report):
    return dict(zip(_CALLS, report["answers"], strict=True))


def test_its_operations_are_the_apps_routes(report):
    assert report["functions"] == {
        "borrow_game": "games/{game_id}/loans",
        "find_games": "games",
        "get_game": "games/{game_id}",
        "gpt_get_game": "gpt/games/{game_id}",
        "healthz": "healthz",
        "openapi_json": "openapi.json",
        "privacy": "privacy",
        "zz_unrouted": "{*path}",
    }


def test_what_its_upstream_answers_comes_back(answers):
    assert answers["read"] == [200, _GO]
    assert answers["found"] == [200, [_GO]]
    assert answers["borrowed"] == [201, _LOAN]
    assert answers["unknown"] == [404, {"message": "No such thing."}]


def test_its_upstream_is_asked_what_was_called_and_only_that(report):
    asked = [(each["target"], each["query"], each["body"]) for each in report["asked"]]

    assert asked == [
        ("GET /games/7", "", ""),
        ("GET /games/8", "", ""),
        ("GET /games", "title=g%20o&players=2", ""),
        ("POST /games/7/loans", "", '{"weeks":2,"note":"for two"}'),
    ]
    assert report["asked"][0]["headers"]["x-club"] == "north"


@pytest.mark.parametrize(
    ("call", "reason", "message"),
    [
        ("bad path", "invalid_parameter", "game_id: "),
        ("bad query", "invalid_parameter", "players: "),
        ("nothing asked", "nothing_asked", "Give at least one of these query parameters: title, "),
        ("bad header", "invalid_parameter", "X-Club: "),
        ("bad member", "invalid_body", "weeks: Input should be a valid integer"),
        ("strange member", "invalid_body", "days: "),
        ("no member", "invalid_body", "weeks: Field required"),
    ],
)
def test_what_does_not_fit_is_400_and_named(answers, call, reason, message):
    status, body = answers[call]

    assert (status, body["reason"]) == (400, reason)
    assert body["message"].startswith(message)


def test_the_rest_is_refused_as_in_any_app(answers):
    assert answers["another verb"][0] == 405
    assert answers["another path"][0] == 404
    assert answers["without a key"][0] == 401


def test_its_agents_are_offered_what_it_offers(answers):
    status, spec = answers["the description for agents"]

    assert status == 200
    assert spec["info"]["title"] == "Library of board games"
    assert spec["servers"] == [{"url": "http://games.test/api/gpt"}]
    assert list(spec["paths"]) == ["/games/{game_id}"]
    own = {"Budget", "Problem", "Source", "Truncated"}
    assert spec["components"]["schemas"].keys() == {"Game"} | own


def test_its_page_and_its_contract_list_its_operations(made):
    page = (made / "docs" / "operations.md").read_text(encoding="utf-8")
    contract = json.loads((made / FOLDER / "contract.json").read_text(encoding="utf-8"))

    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert rows == [
        "| `getGame` | `GET /games/{game_id}` | key | 10 min |  | yes"
        " | Read one game, with those that extend it. |",
        "| `findGames` | `GET /games` | key |  |  |  | Find games. |",
        "| `borrowGame` | `POST /games/{game_id}/loans` | account |  | yes |  | Borrow a game. |",
        "| `getGame` |  | `all`"
        " | Read one board game by its number, with the games that extend it. |",
    ]
    assert list(contract["operations"]) == ["getGame", "findGames", "borrowGame"]


_CATALOGUE = re.compile(
    r"discogs|artist|vinyl|tracklist|wantlist|marketplace|inventory|releases?\b"
    r"|record(s|ing)?\b|music|album|song",
    re.IGNORECASE,
)
_COMMAND = "codegen/__main__.py"


def test_only_the_command_knows_which_api_it_ships_for(repository):
    """The command has the three names that a run begins with; nothing else has heard of any."""
    found = {
        (path.relative_to(repository).as_posix(), word)
        for path in (repository / "codegen").rglob("*")
        if path.suffix in {".py", ".jinja"}
        for word in _words(path.read_text(encoding="utf-8"))
    }

    assert found == {(_COMMAND, "discogs")}
    names = {"discogs.openapi.yaml", "discogs_api", CORE}
    assert _strings(repository / _COMMAND, "discogs") == names


def _words(text):
    return {match[0].lower() for match in _CATALOGUE.finditer(text)}


def _strings(path, word):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and word in text}
