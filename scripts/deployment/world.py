"""A deployment under way, and what it acts on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.deployment import commands, site
from scripts.deployment.az import Az
from scripts.deployment.wanted import Target, Wanted


class StepFailed(Exception):
    """A step did not come to its end for a reason of our own; the message is for people."""


@dataclass(frozen=True, slots=True)
class World:
    """What a deployment acts on; tests put their own in its place."""

    az: Az
    get: site.Get
    sleep: Callable[[float], None]
    say: Callable[[str], None]
    pack: Callable[[str], Path]
    """Make the package for a version of Python; return where it lies."""
    ask: Callable[[str], str | None]
    """Return the secret for a setting; None: nobody is there to be asked."""
    is_watched: bool
    """Whether a person can sign in here."""


@dataclass(slots=True)
class Deployment:
    """A deployment under way."""

    wanted: Wanted
    world: World
    signed_in: Mapping[str, Any] = field(default_factory=dict)
    """Who deploys, as the Azure CLI says it."""
    found: Target | None = None

    @property
    def az(self) -> Az:
        """The Azure CLI, for this subscription."""
        return self.world.az.of(self.wanted.subscription)

    @property
    def target(self) -> Target:
        """Where the proxy is, by what was said or by what the template made."""
        if self.found is None:
            name = commands.deployment_name(self.wanted.prefix, self.wanted.location)
            self.found = self.wanted.target or target_of(self.az.read(commands.outputs(name)))
        return self.found

    def wait(self, delay: float, reason: str) -> None:
        """Sleep, and say why."""
        first = reason.splitlines()[0] if reason else "no answer"
        self.world.say(f"    not yet, again in {delay:g} s: {first[:120]}")
        self.world.sleep(delay)


def target_of(made: Mapping[str, Mapping[str, str]] | None) -> Target:
    """Return where the proxy is, out of what the template answers."""
    if not made:
        raise StepFailed("Azure knows of no such deployment: begin with FROM=provision.")
    names = ("resourceGroupName", "functionAppName", "keyVaultName", "hostName")
    return Target(*(made[name]["value"] for name in names))
