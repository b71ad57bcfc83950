"""`python -m codegen` writes, compares, and says in one line what is wrong."""

import os
import subprocess
import sys

import pytest
import yaml

from codegen.__main__ import main

_FILES = [
    "docs/operations.md",
    "generated/contract.json",
    "generated/discogs_api/__init__.py",
    "generated/discogs_api/agent_bodies.py",
    "generated/discogs_api/agent_operations.py",
    "generated/discogs_api/agent_parameters.py",
    "generated/discogs_api/bodies.py",
    "generated/discogs_api/models.py",
    "generated/discogs_api/operations.py",
    "generated/discogs_api/parameters.py",
    "generated/discogs_api/py.typed",
    "generated/discogs_api/routes.py",
    "generated/discogs_api/shapes.json",
    "generated/discogs_api/views.py",
    "generated/gpt-action/manifest.json",
    "generated/gpt-action/openapi.json",
]
_COUNT = f"{len(_FILES)} generated files"
_UNCHANGED = f"{_COUNT}, 0 changed.\nFor callers nothing changed.\n"


@pytest.fixture
def spec(tmp_path, golden):
    path = tmp_path / "openapi.yaml"
    path.write_bytes((golden / "minimal" / "openapi.yaml").read_bytes())
    return path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "made"


@pytest.fixture
def run(spec, out, capsys):
    """Return a function that runs the command and returns its exit status and its output."""

    def run(*options):
        status = main(["--spec", str(spec), "--out", str(out), *options])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def _names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _snapshot(folder):
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_first_run_writes_the_whole_tree(run, out):
    status, printed, _ = run()

    assert status == 0
    assert _names(out) == set(_FILES)
    assert f"added: {out}/generated/discogs_api/routes.py\n" in printed
    assert printed.endswith(
        f"{_COUNT}, {len(_FILES)} changed.\n"
        "For callers nothing was compared: there is no earlier contract.\n"
    )


def test_the_second_run_touches_nothing(run, out):
    run()
    before = _snapshot(out)

    status, printed, _ = run()

    assert (status, printed) == (0, _UNCHANGED)
    assert _snapshot(out) == before


def test_a_run_removes_left_over_files_and_mends_stale_ones(run, out):
    run()
    (out / "generated" / "discogs_api" / "old.py").write_text("")
    (out / "generated" / "discogs_api" / "routes.py").write_text("# edited\n")

    status, printed, _ = run()

    assert status == 0
    assert f"removed: {out}/generated/discogs_api/old.py\n" in printed
    assert f"changed: {out}/generated/discogs_api/routes.py\n" in printed
    assert run("--check")[0] == 0
    assert _names(out) == set(_FILES)


def test_check_passes_when_everything_is_in_step(run):
    run()

    assert run("--check") == (0, f"{_COUNT} in step with the description.\n", "")


def test_check_shows_how_a_stale_file_differs_and_leaves_it_alone(run, out):
    run()
    (out / "generated" / "discogs_api" / "__init__.py").write_text("# edited\n")
    before = _snapshot(out)

    status, printed, _ = run("--check")

    assert status == 1
    assert f"stale: {out}/generated/discogs_api/__init__.py\n" in printed
    assert "\n-# edited\n" in printed
    assert '\n+"""Code made from the description."""\n' in printed
    assert printed.endswith("1 file out of step; run `make generate`.\n")
    assert _snapshot(out) == before


def test_check_names_missing_and_left_over_files_even_when_they_are_empty(run, out):
    run()
    (out / "generated" / "discogs_api" / "py.typed").unlink()
    (out / "generated" / "discogs_api" / "old.py").touch()

    status, printed, _ = run("--check")

    assert status == 1
    assert printed.splitlines() == [
        f"left over: {out}/generated/discogs_api/old.py",
        f"missing: {out}/generated/discogs_api/py.typed",
        "For callers nothing changed.",
        "2 files out of step; run `make generate`.",
    ]


def test_check_writes_nothing_where_nothing_is(run, out):
    status, printed, _ = run("--check")

    assert status == 1
    assert printed.endswith(f"{len(_FILES)} files out of step; run `make generate`.\n")
    assert not out.exists()


def test_windows_line_ends_in_a_generated_file_are_drift(run, out):
    run()
    routes = out / "generated" / "discogs_api" / "routes.py"
    routes.write_bytes(routes.read_bytes().replace(b"\n", b"\r\n"))

    assert run("--check")[0] == 1


def test_a_cache_of_python_in_the_folder_is_nobodys_business(run, out):
    run()
    cache = out / "generated" / "discogs_api" / "__pycache__"
    cache.mkdir()
    (cache / "routes.cpython-311.pyc").write_bytes(b"\xff")

    assert run("--check")[0] == 0
    assert run()[1] == _UNCHANGED
    assert cache.exists()


def test_a_faulty_description_writes_nothing(run, spec, out):
    run()
    before = _snapshot(out)
    spec.write_text("openapi: 3.1.0\n")

    status, printed, complaint = run()

    assert (status, printed) == (1, "")
    assert complaint.splitlines() == [
        "openapi.yaml:1:1: error SPEC006 'info' is missing here",
        "    at #",
        "openapi.yaml:1:1: error SPEC006 'paths' or 'components' or 'webhooks' is missing here",
        "    at #",
        "2 faults; nothing was written.",
    ]
    assert _snapshot(out) == before


_OFFERED_PATH = """
get:
  operationId: getMenu
  tags: [Dishes]
  summary: Read the menu.
  x-proxy-agent:
    description: %s
    parameters: []
    consequential: false
  responses:
    "200":
      description: The menu.
      content: {application/json: {schema: {type: object, properties: {dish: {type: string}}}}}
    "404": {description: None.}
    "500": {description: The kitchen is closed.}
"""


def test_an_action_spec_that_could_not_be_imported_writes_nothing(run, spec, out):
    run()
    before = _snapshot(out)
    _offer(spec, "Read the menu, with everything on it.", {"type": "http", "scheme": "digest"})

    status, printed, complaint = run()

    assert (status, printed) == (1, "")
    assert "error GA022 'key' is none that can be chosen: http bearer or basic, " in complaint
    assert complaint.endswith("The Action spec could not be imported; nothing was written.\n")
    assert _snapshot(out) == before


def test_a_warning_about_the_action_spec_is_printed_and_stops_nothing(run, spec):
    _offer(
        spec, "Read the <b>menu</b>, with everything on it.", {"type": "http", "scheme": "basic"}
    )

    written, checked = run(), run("--check")

    assert (written[0], checked[0]) == (0, 0)
    for _, printed, complaint in (written, checked):
        assert "warning GA031 '<b>' is markup; models read plain text" in printed
        assert complaint == ""


def _offer(spec, words, scheme):
    """Offer an operation to agents in some words, behind a key of some kind."""
    description = yaml.safe_load(spec.read_text(encoding="utf-8"))
    description["security"] = [{"key": []}]
    description["components"] = {"securitySchemes": {"key": scheme}}
    description["paths"]["/menu"] = yaml.safe_load(_OFFERED_PATH % words)
    spec.write_text(yaml.safe_dump(description), encoding="utf-8")


def test_a_folder_full_of_other_things_is_not_emptied(run, out):
    folder = out / "generated"
    folder.mkdir(parents=True)
    (folder / "thesis.txt").write_text("years of work")

    status, _, complaint = run()

    assert status == 1
    assert complaint == (
        f"{folder} holds files, and none that the generator makes; nothing was written.\n"
    )
    assert _names(out) == {"generated/thesis.txt"}


def test_a_page_by_hand_is_not_written_over(run, out):
    page = out / "docs" / "operations.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Operations\n\nWritten by hand, not generated by codegen.\n")

    status, _, complaint = run()

    assert status == 1
    assert complaint == f"{page} was not made by the generator; nothing was written.\n"
    assert _names(out) == {"docs/operations.md"}
    assert page.read_text().startswith("# Operations\n")


def test_files_beside_the_generated_page_are_nobodys_business(run, out):
    run()
    (out / "docs" / "history.md").write_text("# History\n")
    (out / "README.md").write_text("# Read me\n")

    assert run("--check")[0] == 0
    assert run()[1] == _UNCHANGED
    assert _names(out) == {*_FILES, "docs/history.md", "README.md"}


def test_a_stale_page_is_drift_and_is_mended(run, out):
    run()
    page = out / "docs" / "operations.md"
    text = page.read_text()
    page.write_text(text.replace("getMenu", "getMeal"))

    status, printed, _ = run("--check")

    assert status == 1
    assert printed.startswith(f"stale: {page}\n")
    assert f"changed: {page}\n" in run()[1]
    assert page.read_text() == text


def test_a_run_says_what_changed_for_callers(run, spec):
    run()
    spec.write_text(spec.read_text().replace("/menu:", "/dishes:"))
    said = [
        "For callers: operations 0 added, 0 removed, 1 changed; 1 change may break them.",
        "  changed  getMenu: is GET /dishes now, was GET /menu (breaks callers)",
    ]

    assert run("--check")[1].splitlines()[-3:-1] == said
    assert run()[1].splitlines()[-2:] == said
    assert run()[1] == _UNCHANGED


def test_what_changed_for_callers_is_not_lost_when_a_file_cannot_be_written(run, spec, out):
    run()
    spec.write_text(spec.read_text().replace("/menu:", "/dishes:"))
    routes = out / "generated" / "discogs_api" / "routes.py"
    routes.unlink()
    routes.mkdir()

    assert run() == (1, "", f"{routes}: Is a directory\n")
    routes.rmdir()

    assert run()[1].splitlines()[-1] == (
        "  changed  getMenu: is GET /dishes now, was GET /menu (breaks callers)"
    )


_NO_CONTRACTS = {
    "empty": "",
    "cut": "{",
    "null": "null",
    "deep": "[" * 100_000,
    "older": '{"contract": 0}',
    "foreign": '{"openapi": "3.1.0", "paths": {}}',
    "no contract inside": (
        '{"contract": 2, "security": [], "operations": [], "components": {"schemas": {}}}'
    ),
    "referring to nothing": (
        '{"contract": 2, "security": [], "operations": {},'
        ' "components": {"schemas": {"A": {"$ref": "#/components/schemas/B"}}}}'
    ),
}


@pytest.mark.parametrize("text", _NO_CONTRACTS.values(), ids=_NO_CONTRACTS)
def test_a_contract_that_is_none_is_no_crash_and_is_mended(run, out, text):
    run()
    contract = out / "generated" / "contract.json"
    whole = contract.read_bytes()
    contract.write_text(text)

    status, printed, complaint = run()

    assert (status, complaint) == (0, "")
    assert printed.endswith(
        "For callers nothing was compared: the earlier contract cannot be read.\n"
    )
    assert contract.read_bytes() == whole


def test_a_description_that_is_not_there_is_one_line(run, spec):
    spec.unlink()

    assert run() == (1, "", f"{spec}: No such file or directory\n")


def test_a_folder_instead_of_a_description_is_one_line(run, spec):
    spec.unlink()
    spec.mkdir()

    assert run() == (1, "", f"{spec}: Is a directory\n")


def test_a_description_in_another_encoding_is_a_fault_with_its_place(run, spec):
    spec.write_bytes("openapi: 3.1.0\ninfo: {title: é café".encode() + b" na\xefve}\n")

    status, _, complaint = run()

    assert status == 1
    assert complaint.splitlines()[0] == ("openapi.yaml:2:24: error SPEC001 byte 0xef is no UTF-8")


def test_a_byte_order_mark_changes_nothing(run, spec):
    run()
    spec.write_bytes(b"\xef\xbb\xbf" + spec.read_bytes())

    assert run("--check")[0] == 0


def test_the_shipped_files_are_in_step_from_whatever_folder_the_command_is_given(tmp_path):
    command = [sys.executable, "-m", "codegen", "--check"]

    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ), check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    *warnings, last = done.stdout.splitlines()
    assert last == f"{len(_FILES) + 1} generated files in step with the description."
    # The one warning that spec/README.md explains.
    assert [line for line in warnings if ": warning " in line] == [
        "generated/gpt-action/openapi.json: warning GA028 "
        "GET /database/search has 20 arguments; models do well up to 12"
    ]
    assert warnings[-1] == "generated/gpt-action/openapi.json: 0 errors, 1 warning."


def test_a_console_that_knows_ascii_only_can_show_any_difference(golden, tmp_path):
    spec = golden / "unicode" / "openapi.yaml"
    command = [sys.executable, "-m", "codegen", "--check", "--spec", spec, "--out", tmp_path]

    done = subprocess.run(
        command, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii"}, check=False
    )

    assert done.returncode == 1
    assert b"Lies ein Gericht \\u2013" in done.stdout
    assert done.stderr == b""
