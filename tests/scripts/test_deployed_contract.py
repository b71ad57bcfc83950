"""`make contract BASE_URL=…` as it meets a deployment: the sandbox, behind a front end."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from tests.described import DESCRIPTION
from tests.scripts.support.front_end import front_end
from tests.shipped_app import ROOT

KEY = "canary-client-key"
# What the sandbox has, for what Discogs has.
KNOWN = (
    "artist_id=1001 currency=EUR folder_id=0 label_id=2001 list_id=2501 listing_id=10001 "
    "master_id=3001 price=12.50 release_id=4001 username=crate_keeper"
)


@dataclass(frozen=True)
class Run:
    """One run of `make contract`: how it ended, what it left, what was asked."""

    code: int
    printed: str
    reports: Path
    asked: list[tuple[str, str]]


def run(address, reports, *arguments, **settings):
    done = subprocess.run(
        (sys.executable, "-m", "scripts.contract", *arguments),
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if name != "API_KEY"},
            "BASE_URL": address,
            "RATE_LIMIT": "6000/m",
            "KNOWN": KNOWN,
            "REPORTS": str(reports),
            **settings,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def deployment():
    """The address of the front end, and what is asked there."""
    command = (sys.executable, "-m", "sandbox", "--lookalike", "--unlimited")
    settings = {**os.environ, "PORT": "0", "X_API_KEY": KEY, "ALLOW_WRITES": "true"}
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        found = (re.match(r"The proxy answers on (\S+)", line) for line in process.stdout)
        origin = next(match[1] for match in found if match)
        try:
            with front_end(origin) as served:
                yield served
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def held(deployment, tmp_path_factory):
    address, asked = deployment
    reports = tmp_path_factory.mktemp("reports")
    code, printed = run(address, reports, API_KEY=KEY)
    return Run(code, printed, reports, list(asked))


def operations_of(har):
    """The requests in a HAR file, as method and path below /api."""
    entries = json.loads(har.read_text(encoding="utf-8"))["log"]["entries"]
    requests = [entry["request"] for entry in entries]
    return [(each["method"], httpx.URL(each["url"]).path.removeprefix("/api")) for each in requests]


def test_a_deployment_behind_azures_front_end_keeps_the_contract(held):
    assert held.code == 0, held.printed


def test_the_front_end_answers_pages_to_what_would_break_the_contract(deployment):
    address, _ = deployment

    pages = [
        httpx.request("TRACE", f"{address}/api/artists/1001", trust_env=False),
        httpx.get(f"{address}/api/releases/%00", trust_env=False),
    ]

    assert {page.headers["content-type"] for page in pages} == {"text/html"}


def test_a_deployment_is_only_read(held):
    assert {method for method, _ in held.asked} == {"GET"}


def test_everything_that_everybody_may_read_is_read_and_nothing_of_the_owners(held):
    read = [path for _, path in operations_of(held.reports / "mirror.har")]

    for template, item in DESCRIPTION["paths"].items():
        if "get" in item:
            pattern = re.sub(r"\{\w+\}", "[^/]+", template)
            is_owners = item["get"].get("x-proxy-needs") == "owner"
            assert any(re.fullmatch(pattern, path) for path in read) != is_owners, template


def test_known_ids_are_asked_for(held):
    assert "/releases/4001" in {path for _, path in operations_of(held.reports / "mirror.har")}


def test_agents_are_offered_what_the_action_spec_says(held):
    read = [path for _, path in operations_of(held.reports / "agent.har")]

    assert "/gpt/releases/4001" in read
    assert all(path.startswith("/gpt/") for path in read)


def test_a_run_stays_within_eight_minutes_of_its_pace(held):
    assert len(held.asked) <= 8 * 50


def test_what_came_is_kept_and_the_key_is_not(held):
    files = sorted(held.reports.glob("*.junit.xml"))
    suites = [
        suite
        for file in files
        for suite in ElementTree.parse(file).getroot()  # noqa: S314 - it is our own
    ]
    kept = "".join(path.read_text(encoding="utf-8") for path in held.reports.iterdir())

    assert [file.name for file in files] == ["agent.junit.xml", "mirror.junit.xml"]
    assert sum(int(suite.get("tests")) for suite in suites) > 25
    assert {suite.get("failures") for suite in suites} == {"0"}
    assert KEY not in kept + held.printed


def test_a_deployment_that_breaks_the_contract_fails(deployment, tmp_path):
    address, _ = deployment

    code, printed = run(address, tmp_path, "--include-path", "/artists/{artist_id}", API_KEY="no")

    assert code == 1
    assert "401" in printed or "Unauthorized" in printed
