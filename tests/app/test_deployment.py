"""What is deployed works where it runs: staged, in a clean interpreter, in Azure's worker."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from discogs_api.agent_operations import AGENT_OPERATIONS
from scripts.package import stage
from tests.described import EXAMPLES
from tests.shipped_app import APP, ROOT

OPEN_CALLS = {
    ("GET", "/api/healthz"): 200,
    ("HEAD", "/api/openapi.json"): 200,
    ("HEAD", "/api/privacy"): 200,
    ("GET", "/api/gpt/releases/4019"): 200,
    ("DELETE", "/api/gpt/users/crate_keeper/wants/4037"): 200,
    ("GET", "/api/gpt/unknown"): 404,
    ("GET", "/api/database/search"): 400,
    ("GET", "/api/unknown"): 404,
    ("PATCH", "/api/artists/1001"): 405,
}
FUNCTIONS = sorted(
    [
        *{example.function for example in EXAMPLES},
        *(agent.face.name for agent in AGENT_OPERATIONS),
        "healthz",
        "openapi_json",
        "privacy",
        "zz_unrouted",
    ]
)


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("staged") / "app"
    stage(folder)
    return folder


def run(python: Path | str, *arguments: str, path: Path | None = None, given: str = "") -> str:
    environment = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    command = (str(python), *arguments)
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd="/", input=given
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def report(python: Path | str, folder: Path) -> dict:
    script = ROOT / "tests" / "app" / "invoke_calls.py"
    calls = [example.call() for example in EXAMPLES]
    calls += [{"method": method, "target": target} for method, target in OPEN_CALLS]
    printed = run(python, str(script), str(folder), path=ROOT, given=json.dumps(calls))
    return json.loads(printed.splitlines()[-1])


def failures(answers):
    """Return what was not answered as the description says it is."""
    wanted = [(example.label, example.successes) for example in EXAMPLES]
    wanted += [(" ".join(call), [status]) for call, status in OPEN_CALLS.items()]
    return [
        (label, status, body)
        for (label, statuses), (status, body) in zip(wanted, answers, strict=True)
        if status not in statuses
    ]


def test_the_staged_folder_holds_what_ships_and_nothing_else(staged):
    names = {path.relative_to(staged).parts[0] for path in staged.rglob("*")}

    assert names == {
        "discogs_api", "discogs_proxy", "function_app.py", "gpt-action", "host.json",
        "requirements.txt",
    }  # fmt: skip
    assert not [path for path in staged.rglob("*") if "__pycache__" in path.parts]


def test_the_staged_app_needs_nothing_of_this_tree(staged):
    # -I keeps the environment and the working folder off the path, -S the editable install too.
    packages = [path for path in sys.path if path.endswith("site-packages")]
    code = (
        f"import sys; sys.path += {[*packages, str(staged)]!r}; import function_app, discogs_proxy;"
        "print(function_app.__file__, discogs_proxy.__file__,"
        " len(function_app.app.get_functions()), 'codegen' in sys.modules)"
    )

    app, core, count, has_codegen = run(sys.executable, "-I", "-S", "-c", code).split()

    assert Path(app).parent == staged
    assert Path(core).is_relative_to(staged)
    assert (int(count), has_codegen) == (len(FUNCTIONS), "False")


def test_a_start_loads_nothing_that_only_a_call_needs():
    late = ["pydantic", "redis", "discogs_proxy.agent", "discogs_proxy.projection"]
    late += [f"discogs_api.{name}" for name in ("views", "parameters", "bodies", "models")]
    late += ["discogs_api.agent_parameters", "discogs_api.agent_bodies"]
    code = "import sys, function_app as f; f.app.get_functions(); print(*sys.modules)"

    loaded = run(sys.executable, "-c", code).split()

    assert "discogs_api.agent_operations" in loaded
    assert [name for name in late if name in loaded] == []


@pytest.mark.parametrize("folder", ["tree", "staged"])
def test_every_operation_answers_its_own_example_in_this_interpreters_worker(folder, staged):
    result = report(sys.executable, staged if folder == "staged" else APP)

    assert result["functions"] == FUNCTIONS
    assert failures(result["answers"]) == []


@pytest.mark.parametrize("folder", ["tree", "staged"])
def test_every_operation_answers_its_own_example_in_azures_own_worker_library(
    native_python, folder, staged
):
    result = report(native_python, staged if folder == "staged" else APP)

    assert result["is_native"] is True
    assert result["functions"] == FUNCTIONS
    assert failures(result["answers"]) == []


@pytest.mark.parametrize(
    "setting",
    [
        {"DISCOGS_BASE_URL": "ftp://discogs"},
        {"DEADLINE_SECONDS": "soon"},
        {"DISCOGS_USER_AGENT": "a\nb"},
        {"PUBLIC_BASE_URL": "proxy.example"},
    ],
)
def test_a_bad_setting_stops_the_start_and_is_named(setting):
    done = subprocess.run(
        (sys.executable, "-c", "import function_app"),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **setting},
    )

    assert done.returncode != 0
    assert next(iter(setting)) in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("setting", ["DISCOGS_TOKEN", "X_API_KEY"])
@pytest.mark.parametrize("value", ["", "@Microsoft.KeyVault(SecretUri=https://v/secrets/s)"])
def test_an_unresolved_secret_starts_but_opens_no_door(setting, value):
    code = (
        "import asyncio, function_app as f\n"
        "from discogs_api.operations import SEARCH\n"
        "from discogs_proxy.exchange import Inbound\n"
        "from discogs_proxy.mirror import Mirror\n"
        "call = Inbound('GET', 'http://p/api/database/search?q=a', {'x-api-key': KEY}, {})\n"
        "answer = asyncio.run(f.gateway.answer(Mirror(SEARCH), call))\n"
        "print(answer.status, answer.body.decode())"
    )
    environment = {**os.environ, "DISCOGS_TOKEN": "t", "X_API_KEY": "k", setting: value}
    done = subprocess.run(
        (
            sys.executable,
            "-c",
            f"KEY = {value or 'k'!r} if {setting!r} == 'X_API_KEY' else 'k'\n{code}",
        ),
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )

    status, _, body = done.stdout.partition(" ")
    assert status == "503"
    assert json.loads(body)["error"] == "secrets_unresolved"
    assert setting in json.loads(body)["message"]
