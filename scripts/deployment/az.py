"""The Azure CLI: what it is asked, and what it says."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


class AzFailed(Exception):
    """The Azure CLI ended with an error; the text is its own."""


@dataclass(frozen=True, slots=True)
class Az:
    """How to call it: secrets are in neither its arguments nor its environment."""

    program: str
    environment: Mapping[str, str]
    subscription: str = ""
    """Named in every command, so that nobody else's `az account set` leads one astray."""

    def of(self, subscription: str) -> "Az":
        """Return it for one subscription."""
        return replace(self, subscription=subscription)

    def run(self, arguments: Sequence[str]) -> None:
        """Have something done; what it answers is of no use and may hold a secret."""
        self._ask((*arguments, "--output", "none"))

    def read(self, arguments: Sequence[str]) -> Any:  # noqa: ANN401 - it is JSON
        """Have something done, and return what it answers."""
        text = self._ask((*arguments, "--output", "json"))
        return json.loads(text) if text.strip() else None

    def login(self) -> None:
        """Let a person sign in; its own words are for that person to read."""
        command = (self.program, "login", "--output", "none")
        if subprocess.run(command, env=self.environment, check=False).returncode != 0:
            raise AzFailed("az login did not end well.")

    def _ask(self, arguments: Sequence[str]) -> str:
        where = ("--subscription", self.subscription) if self.subscription else ()
        command = (self.program, *arguments, *where, "--only-show-errors")
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise AzFailed(done.stderr.strip() or done.stdout.strip())
        return done.stdout
