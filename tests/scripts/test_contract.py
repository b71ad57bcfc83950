"""Claim what `make contract` asks of whom."""

import subprocess

import pytest

from scripts import contract, deployed
from scripts.deployment.az import Az
from tests.scripts.support.azure import KEY, KEYS, Azure


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
        said = " ".join(command)
        assert "--config-file tests/contract/deployed.toml" in said
        assert "--include-method GET --exclude-by /x-proxy-needs == owner --rate-limit 50/m" in said
        assert command[-1] == "--x"


def test_each_face_is_reported_in_files_of_its_own(commands):
    contract.main({"BASE_URL": "https://proxy.example/", "API_KEY": "secret"}, ())

    reports = [[word for word in command if word.startswith("build/")] for command, _ in commands]
    assert reports == [
        ["build/contract", f"build/contract/{face}.junit.xml", f"build/contract/{face}.har"]
        for face in ("mirror", "agent")
    ]


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


def test_the_key_of_a_deployment_may_come_from_its_vault(tmp_path):
    azure = Azure(tmp_path / "azure")
    azure.keep("vault.json", {"X-API-KEY": {"value": KEYS}})
    environment = {"BASE_URL": "https://proxy.example", "VAULT": "vinyl-kv"}
    az = Az(str(azure.program), {"AZ_FOLDER": str(azure.folder)})

    assert deployed.client_key(environment, az) == KEY
    assert "keyvault secret show --vault-name vinyl-kv --name X-API-KEY" in azure.commands[0]


def test_known_values_may_be_ones_own():
    known = deployed.known({"KNOWN": "username=me artist_id=1001"})

    assert known["KNOWN_USERNAME"] == "me"
    assert known["KNOWN_ARTIST_ID"] == "1001"
    assert known["KNOWN_LABEL_ID"] == "1"


def test_without_a_key_a_deployment_is_not_asked(commands, capsys):
    assert contract.main({"BASE_URL": "https://proxy.example"}, ()) == 2
    assert "API_KEY" in capsys.readouterr().err
    assert commands == []
