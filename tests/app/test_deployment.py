"""What is deployed works where it runs: unzipped, in a clean interpreter, in Azure's worker."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from discogs_api.agent_operations import AGENT_OPERATIONS
from scripts.archive import zipped
from scripts.package import package
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


@dataclass(frozen=True)
class Unzipped:
    """The package of one interpreter, and nothing beside it but what Azure installs."""

    python: str
    app: Path
    packages: Path

    def run(self, code: str, *path: Path, given: str = "") -> str:
        """Run code; neither the working folder nor installed packages are on its path."""
        places = [str(place) for place in (*path, self.packages, self.app)]
        command = (self.python, "-I", "-S", "-c", f"import sys; sys.path += {places!r}\n{code}")
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd="/", input=given
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def unzip(python: Path | str, folder: Path) -> Unzipped:
    archive = ZipFile(BytesIO(zipped(package(str(python)))))
    archive.extractall(folder / "app")
    script = ROOT / "tests" / "app" / "runtime_packages.py"
    requirements = folder / "app" / "requirements.txt"
    command = (str(python), str(script), str(requirements), str(folder / "packages"))
    subprocess.run(command, check=True, cwd="/")
    return Unzipped(str(python), folder / "app", folder / "packages")


@pytest.fixture(scope="module")
def unzipped(tmp_path_factory):
    return unzip(sys.executable, tmp_path_factory.mktemp("unzipped"))


@pytest.fixture(scope="module")
def native_unzipped(native_python, tmp_path_factory):
    return unzip(native_python, tmp_path_factory.mktemp("native"))


def report(run, folder: Path) -> dict:
    """Have the app of a folder answer the example of every operation, and some open calls."""
    calls = [example.call() for example in EXAMPLES]
    calls += [{"method": method, "target": target} for method, target in OPEN_CALLS]
    script = str(ROOT / "tests" / "app" / "invoke_calls.py")
    code = (
        "import runpy, sys\n"
        f"sys.argv = [{script!r}, {str(folder)!r}]\n"
        f"runpy.run_path({script!r}, run_name='__main__')"
    )
    return json.loads(run(code, ROOT, given=json.dumps(calls)).splitlines()[-1])


def installed(python: Path | str):
    """Run code with an interpreter as it is installed, this tree included."""

    def run(code: str, *path: Path, given: str = "") -> str:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))}
        command = (str(python), "-c", code)
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment, input=given
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def failures(answers):
    """Return what was not answered as the description says it is."""
    wanted = [(example.label, example.successes) for example in EXAMPLES]
    wanted += [(" ".join(call), [status]) for call, status in OPEN_CALLS.items()]
    return [
        (label, status, body)
        for (label, statuses), (status, body) in zip(wanted, answers, strict=True)
        if status not in statuses
    ]


def test_the_package_holds_what_ships_and_nothing_else(unzipped):
    names = {path.relative_to(unzipped.app).parts[0] for path in unzipped.app.rglob("*")}

    assert names == {
        "__pycache__", "discogs_api", "discogs_proxy", "function_app.py", "gpt-action", "host.json",
        "requirements.txt",
    }  # fmt: skip


def test_the_package_needs_nothing_of_this_tree_and_no_more_than_its_requirements(unzipped):
    code = (
        "import function_app, discogs_proxy;"
        "print(function_app.__file__, discogs_proxy.__file__,"
        " len(function_app.app.get_functions()), 'codegen' in sys.modules)"
    )

    app, core, count, has_codegen = unzipped.run(code).split()

    assert Path(app).parent == unzipped.app
    assert Path(core).is_relative_to(unzipped.app)
    assert (int(count), has_codegen) == (len(FUNCTIONS), "False")


def test_what_azure_installs_is_enough_for_telemetry(unzipped):
    code = (
        "import os; os.environ.update(TELEMETRY='azure', APPLICATIONINSIGHTS_CONNECTION_STRING="
        "'InstrumentationKey=0000aaaa-1111-2222-3333-444455556666');"
        "import function_app; print(type(function_app.telemetry).__name__)"
    )

    assert unzipped.run(code).split() == ["OpenTelemetry"]


def test_the_bytecode_in_the_package_is_what_runs(tmp_path):
    own = unzip(sys.executable, tmp_path)
    for source in own.app.rglob("*.py"):
        source.write_text("raise AssertionError('compiled at a cold start')\n", encoding="utf-8")

    assert own.run("import function_app; print('started')").split() == ["started"]


def test_a_start_loads_nothing_that_only_a_call_needs():
    late = ["pydantic", "redis", "discogs_proxy.agent", "discogs_proxy.projection"]
    late += [f"discogs_api.{name}" for name in ("views", "parameters", "bodies", "models")]
    late += ["discogs_api.agent_parameters", "discogs_api.agent_bodies"]
    code = "import sys, function_app as f; f.app.get_functions(); print(*sys.modules)"

    loaded = installed(sys.executable)(code).split()

    assert "discogs_api.agent_operations" in loaded
    assert [name for name in late if name in loaded] == []


def test_every_operation_answers_its_own_example_in_this_interpreters_worker():
    result = report(installed(sys.executable), APP)

    assert result["functions"] == FUNCTIONS
    assert failures(result["answers"]) == []


def test_the_package_answers_every_operation_in_a_clean_interpreter(unzipped):
    result = report(unzipped.run, unzipped.app)

    assert result["app"] == str(unzipped.app / "function_app.py")
    assert result["functions"] == FUNCTIONS
    assert failures(result["answers"]) == []


def test_every_operation_answers_its_own_example_in_azures_own_worker_library(native_python):
    result = report(installed(native_python), APP)

    assert result["is_native"] is True
    assert result["functions"] == FUNCTIONS
    assert failures(result["answers"]) == []


def test_the_package_answers_every_operation_in_azures_own_worker_library(native_unzipped):
    result = report(native_unzipped.run, native_unzipped.app)

    assert result["is_native"] is True
    assert result["app"] == str(native_unzipped.app / "function_app.py")
    assert result["functions"] == FUNCTIONS
    assert failures(result["answers"]) == []


@pytest.mark.parametrize(
    "setting",
    [
        {"DISCOGS_BASE_URL": "ftp://discogs"},
        {"DEADLINE_SECONDS": "soon"},
        {"DISCOGS_USER_AGENT": "a\nb"},
        {"PUBLIC_BASE_URL": "proxy.example"},
        {"DRIFT_SAMPLE": "5%"},
        {"TELEMETRY": "on"},
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
