"""Claim what `make contract` asks of whom."""

import subprocess

import pytest

from scripts import contract


@pytest.fixture
def commands(monkeypatch):
    """The commands that would have run, each with its environment."""
    made = []

    def run(command, **options):
        made.append((command, options["env"]))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(contract.subprocess, "run", run)
    return made


def test_a_deployment_is_only_read_slowly_and_a_little(commands):
    code = contract.main({"BASE_URL": "https://proxy.example/", "API_KEY": "secret"}, ("--x",))

    assert code == 0
    for command, _ in commands:
        assert " --include-method GET --rate-limit 50/m --max-examples 5 --x" in " ".join(command)


def test_both_faces_are_asked_each_by_its_own_description(commands):
    contract.main({"BASE_URL": "https://proxy.example/", "API_KEY": "secret"}, ())

    assert [(command[5], environment["BASE_URL"]) for command, environment in commands] == [
        ("spec/discogs.openapi.yaml", "https://proxy.example/api"),
        ("generated/gpt-action/openapi.json", "https://proxy.example/api/gpt"),
    ]


def test_a_face_that_breaks_its_description_is_enough(monkeypatch):
    codes = iter((0, 1))
    monkeypatch.setattr(
        contract.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess((), next(codes))
    )

    assert contract.main({"BASE_URL": "https://proxy.example/", "API_KEY": "secret"}, ()) == 1


def test_the_key_of_a_deployment_is_on_no_command_line(commands):
    contract.main({"BASE_URL": "https://proxy.example", "API_KEY": "secret"}, ())

    assert commands
    for command, environment in commands:
        assert environment["API_KEY"] == "secret"
        assert "secret" not in " ".join(command)


def test_without_a_key_a_deployment_is_not_asked(commands, capsys):
    assert contract.main({"BASE_URL": "https://proxy.example"}, ()) == 2
    assert "API_KEY" in capsys.readouterr().err
    assert commands == []
