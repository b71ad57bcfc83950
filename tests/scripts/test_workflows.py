"""What GitHub runs: the commands that there are, with as few rights and no secrets."""

import re
import tomllib

import pytest
import yaml

from tests.shipped_app import ROOT

FOLDER = ROOT / ".github" / "workflows"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yml"))}
WORKFLOWS = {name: yaml.load(text, yaml.CSafeLoader) for name, text in TEXTS.items()}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
JOBS = {
    f"{name}:{job}": content
    for name, workflow in WORKFLOWS.items()
    for job, content in workflow["jobs"].items()
}
VERSIONS = [
    classifier.rpartition(" ")[2]
    for classifier in PROJECT["classifiers"]
    if re.search(r":: 3\.\d+$", classifier)
]


def steps():
    for name, job in JOBS.items():
        for step in job.get("steps", ()):
            yield name, step


def commands():
    return [(name, step["run"]) for name, step in steps() if "run" in step]


def test_every_action_is_pinned_to_a_commit_and_says_its_version():
    for text in TEXTS.values():
        for line in text.splitlines():
            if "uses:" in line and "./" not in line:
                assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_one_action_has_one_version_everywhere():
    pins = {step["uses"] for _, step in steps() if "uses" in step}

    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


def test_nothing_is_permitted_that_is_not_needed():
    permitted = {name: workflow["permissions"] for name, workflow in WORKFLOWS.items()}
    of_jobs = [job["permissions"] for job in JOBS.values() if "permissions" in job]

    assert permitted == {
        "check.yml": {"contents": "read"},
        "deploy.yml": {},
        "deploy-to.yml": {},
    }
    assert of_jobs == [{"contents": "read", "id-token": "write"}] * 3


def test_no_workflow_reads_a_stored_secret():
    for text in TEXTS.values():
        assert "secrets." not in text
        assert "secrets:" not in text


def test_a_checkout_leaves_no_credentials_behind():
    checkouts = [
        step for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")
    ]

    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("name", [name for name, job in JOBS.items() if "steps" in job])
def test_every_job_ends_by_itself(name):
    assert JOBS[name]["timeout-minutes"] <= 60


def test_nothing_from_outside_is_put_into_a_shell_line():
    """An expression there is text of the program; through the environment it is only a value."""
    assert [run for _, run in commands() if "${{" in run] == []


def test_every_make_target_that_is_called_is_there():
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    called = {target for _, run in commands() for target in re.findall(r"\bmake ([a-z]+)", run)}

    assert called == {"check", "test", "package", "deploy", "contract"}
    assert called <= targets


def test_every_variable_that_make_is_told_goes_on_to_the_commands():
    exported = set(
        re.findall(r"\b[A-Z_]+\b", " ".join(re.findall(r"^export (.*)$", MAKEFILE, re.MULTILINE)))
    )
    read = set(re.findall(r"\$[({]([A-Z_]+)[)}]", MAKEFILE)) | {"PYTHON", "TARGET", "ARGS"}
    said = {
        name
        for _, run in commands()
        for line in run.splitlines()
        if "make " in line
        for name in re.findall(r"\b([A-Z_]+)=", line.partition("make ")[2])
    }

    assert said <= exported | read
    assert {*JOBS["deploy-to.yml:deploy"]["env"]} - {"TARGET"} <= exported


def test_the_versions_of_python_are_the_projects_and_those_of_the_other_checks():
    here = re.search(r"^versions=\((.*)\)$", (ROOT / ".ci/run").read_text(), re.MULTILINE)[1]

    assert JOBS["check.yml:test"]["strategy"]["matrix"]["python"] == VERSIONS
    assert here.split() == VERSIONS
    assert PROJECT["requires-python"] == f">={VERSIONS[0]}"


def test_checks_run_on_every_push():
    triggers = WORKFLOWS["check.yml"][True]  # YAML's own reading of `on`

    assert triggers["push"] == {"branches": ["**"]}
    assert "pull_request" in triggers
    assert {run for name, run in commands() if name in {"check.yml:check", "check.yml:test"}} >= {
        "make check PYTHON=python",
        "make test PYTHON=python",
    }


def test_production_comes_after_staging_and_gets_the_same_bytes():
    staging, production = JOBS["deploy.yml:staging"], JOBS["deploy.yml:production"]

    assert production["needs"] == "staging"
    assert production["uses"] == staging["uses"] == "./.github/workflows/deploy-to.yml"
    assert production["with"]["ref"] == staging["with"]["ref"]
    assert production["with"]["digest"] == "${{ needs.staging.outputs.digest }}"
    assert [job["with"]["environment"] for job in (staging, production)] == [
        "staging",
        "production",
    ]


def test_what_was_deployed_is_held_against_the_description():
    runs = [step.get("run", step.get("uses", "")) for step in JOBS["deploy-to.yml:deploy"]["steps"]]
    kept = JOBS["deploy-to.yml:deploy"]["steps"][-1]

    assert [run.split()[1] for run in runs if run.startswith("make ") and "\n" not in run] == [
        "deploy",
        "contract",
    ]
    assert kept["with"]["path"] == "build/contract"


def test_a_deployment_is_never_cut_off_by_the_next():
    assert WORKFLOWS["deploy.yml"]["concurrency"]["cancel-in-progress"] is False


def test_renovation_looks_after_the_actions():
    settings = yaml.load((ROOT / ".github" / "dependabot.yml").read_text(), yaml.CSafeLoader)

    assert [each["package-ecosystem"] for each in settings["updates"]] == ["github-actions"]
