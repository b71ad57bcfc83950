"""An Azure to deploy to: the stand-in for its command line, and a proxy that starts there."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from scripts.deployment.site import ARTIST, Reply

STANDIN = Path(__file__).with_name("az_standin.py")
TOKEN, KEY = "canary-discogs-token", "canary-client-key"
KEYS = f"gpt:{KEY}:read"
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
NAMES = {
    "resourceGroupName": "records",
    "functionAppName": "vinyl-func",
    "keyVaultName": "vinyl-kv",
    "hostName": "vinyl-func.azure.example",
    "actionSpecUrl": "https://vinyl-func.azure.example/api/openapi.json",
}
WELL = Reply(200, b'{"status": "ok", "settings": {}}')
UNRESOLVED = Reply(
    200,
    b'{"status": "secrets_unresolved",'
    b' "settings": {"DISCOGS_TOKEN": "unresolved", "X_API_KEY": "resolved"}}',
)
STARTING = Reply(503, b"<html>Service Unavailable</html>")
SILENT = Reply(0, b"")
FOUND = Reply(200, json.dumps({"id": ARTIST, "name": "Somebody"}).encode())


@dataclass
class Azure:
    """What a deployment meets; what is done to it is kept in its folder."""

    folder: Path
    healths: list[Reply] = field(default_factory=lambda: [WELL])
    """One after the other; the last one stays."""
    answers: list[Reply] = field(default_factory=lambda: [FOUND])
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with somebody signed in; the folder is made."""
        self.folder.mkdir()
        self.keep("names.json", NAMES)
        self.sign_in()
        # Nothing but the standard library: it is started often.
        program = f"#!{sys.executable} -IS\n{STANDIN.read_text(encoding='utf-8')}"
        self.program.write_text(program, encoding="utf-8")
        self.program.chmod(0o700)

    @property
    def program(self) -> Path:
        """The stand-in for the Azure CLI."""
        return self.folder / "az"

    def keep(self, name: str, value: object) -> None:
        (self.folder / name).write_text(json.dumps(value), encoding="utf-8")

    def sign_in(self, **account: object) -> None:
        """Have the account be that one from now on."""
        person = {"type": "user", "name": "ada@example.com"}
        known = {"id": SUBSCRIPTION, "name": "Records", "state": "Enabled", "user": person}
        self.keep("account.json", {**known, **account})

    def play(self, *plays: tuple[str, int, str]) -> None:
        """Let commands fail: words of the command, how often, the error."""
        self.keep("plays.json", [list(play) for play in plays])

    def get(self, address: str, headers: dict[str, str]) -> Reply:
        """Answer a call of the deployed proxy."""
        self.asked.append((address, dict(headers)))
        replies = self.healths if address.endswith("/healthz") else self.answers
        return replies.pop(0) if len(replies) > 1 else replies[0]

    @property
    def calls(self) -> list[dict]:
        """The calls of the Azure CLI, each with its arguments and environment."""
        path = self.folder / "calls.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    @property
    def commands(self) -> list[str]:
        """The calls, each in one line."""
        return [" ".join(call["arguments"]) for call in self.calls]

    def times(self, words: str) -> int:
        """Return how often a command was called."""
        return sum(command.startswith(words) for command in self.commands)

    @property
    def vault(self) -> dict[str, dict]:
        """The secrets that were written."""
        path = self.folder / "vault.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
