"""`make package`: the same bytes from the same tree, and as little as works."""

import ast
import itertools
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from scripts import bytecode, interpreters, package
from scripts.archive import zipped
from scripts.shipment import shipped
from tests.shipped_app import ROOT

PLAIN_FILES = {"requirements.txt": b"httpx\n", "host.json": b"{}", "core/b.py": b"", "a.py": b""}


@pytest.fixture(scope="module")
def sources():
    return {name: content for name, content in shipped().items() if name.endswith(".py")}


def archive(build, *options, **environment):
    """Make the package as `make package` does, with this interpreter."""
    subprocess.run(
        (sys.executable, "-m", "scripts.package", "--build", str(build), *options),
        cwd=environment.pop("cwd", ROOT),
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return (build / "app.zip").read_bytes()


def test_the_archive_does_not_depend_on_the_order_of_its_files():
    orders = itertools.permutations(PLAIN_FILES.items())

    assert {zipped(dict(order)) for order in orders} == {zipped(PLAIN_FILES)}


def test_every_entry_is_stored_dated_the_same_and_readable_by_all():
    with ZipFile(BytesIO(zipped(shipped()))) as made:
        entries = made.infolist()

    assert {entry.date_time for entry in entries} == {(2020, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert {(entry.compress_type, entry.create_system) for entry in entries} == {(ZIP_STORED, 3)}


def test_the_same_tree_makes_the_same_bytes_whatever_its_dates_modes_and_place(tmp_path):
    copy = tmp_path / "elsewhere" / "tree"
    for folder in ("az-function", "generated", "scripts"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, copy / folder, copy_function=shutil.copyfile, ignore=ignored)
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    (copy / "az-function" / "local.settings.json").write_text("{}", encoding="utf-8")
    (copy / "generated" / "discogs_api" / "__pycache__").mkdir()
    (copy / "generated" / "discogs_api" / "__pycache__" / "old.pyc").write_bytes(b"old")
    target = package.FLEX if interpreters.find((3, 13)) else "none"

    here = archive(tmp_path / "one", "--target", target, PYTHONHASHSEED="1")
    there = archive(
        tmp_path / "two", "--target", target, PYTHONHASHSEED="2", cwd=copy, TZ="Asia/Tokyo"
    )

    assert here == there


def test_bytecode_does_not_depend_on_what_else_was_compiled(sources):
    python = sys.executable
    whole = bytecode.of_sources(python, sources)

    alone = [bytecode.of_sources(python, {name: sources[name]}) for name in sources]
    backwards = bytecode.of_sources(python, dict(reversed(sources.items())))

    assert {name: content for each in alone for name, content in each.items()} == whole
    assert backwards == whole


def test_bytecode_names_no_path_of_this_machine(sources):
    made = b"".join(bytecode.of_sources(sys.executable, sources).values())

    assert str(ROOT).encode() not in made
    assert str(Path.home()).encode() + b"/" not in made


def test_every_source_has_its_bytecode_for_the_python_that_made_it(sources):
    made = bytecode.of_sources(sys.executable, sources)
    tag = sys.implementation.cache_tag

    assert {re.sub(rf"__pycache__/(\w+)\.{tag}\.pyc", r"\1.py", name) for name in made} == {
        *sources
    }


def test_a_python_that_is_missing_is_said_and_the_package_ships_without_bytecode(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(package.interpreters, "find", lambda _: None)

    code = package.main(("--build", str(tmp_path), "--target", package.CLASSIC))

    assert code == 0
    assert "No Python 3.12 was found" in capsys.readouterr().out
    assert not list((tmp_path / "app").rglob("*.pyc"))


def test_a_python_that_is_missing_stops_a_strict_packaging(tmp_path, monkeypatch):
    monkeypatch.setattr(package.interpreters, "find", lambda _: None)

    assert package.main(("--build", str(tmp_path), "--strict")) == 1
    assert not (tmp_path / "app.zip").exists()


def imported(tree):
    """The modules that a source names, whether it loads them at once or when needed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.partition(":")[0]


def test_nothing_that_the_app_names_is_left_out_and_no_generated_module_ships_unnamed(sources):
    named = {name for source in sources.values() for name in imported(ast.parse(source))}
    shipping = {name.removesuffix(".py").replace("/", ".") for name in sources}
    generated = {f"discogs_api.{path.stem}" for path in ROOT.glob("generated/discogs_api/*.py")}
    generated -= {"discogs_api.__init__"}
    core = {f"discogs_proxy.{path.stem}" for path in ROOT.glob("az-function/discogs_proxy/*.py")}

    assert generated & shipping == generated & named
    assert core <= shipping
