"""What somebody wants deployed, as said in the environment."""

from collections.abc import Mapping
from dataclasses import dataclass

STEPS = ("provision", "secrets", "package", "deploy", "health", "call")
_NEEDED = ("SUBSCRIPTION_ID", "RESOURCE_GROUP")
_SWITCH = {"": False, "false": False, "true": True}


class WantedError(Exception):
    """What is wanted cannot be told; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the proxy is."""

    group: str
    app: str
    vault: str
    host: str

    @property
    def address(self) -> str:
        """The address that clients call."""
        return f"https://{self.host}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proxy, where, and what of it is to be done."""

    subscription: str
    group: str
    prefix: str
    location: str
    is_flex: bool
    """Whether on Flex Consumption; else on the classic plan."""
    parameters: tuple[str, ...]
    """More of the template's parameters, as name=value."""
    steps: tuple[str, ...]
    target: Target | None
    """Given by who may not ask what the template made; None: ask."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Wanted":
        """Read it; raise `WantedError` on what is missing or unknown."""
        said = {name: value.strip() for name, value in environment.items()}
        missing = [name for name in _NEEDED if not said.get(name)]
        if missing:
            raise WantedError(f"Set {' and '.join(missing)}: make deploy {missing[0]}=…")
        flex = said.get("FLEX", "").lower()
        if flex not in _SWITCH:
            raise WantedError("FLEX must be true or false.")
        return cls(
            subscription=said["SUBSCRIPTION_ID"],
            group=said["RESOURCE_GROUP"],
            prefix=said.get("NAME_PREFIX") or "jmd-discogs",
            location=said.get("LOCATION") or "canadacentral",
            is_flex=_SWITCH[flex],
            parameters=tuple(said.get("PARAMETERS", "").split()),
            steps=_steps(said.get("FROM") or STEPS[0], said.get("UNTIL") or STEPS[-1]),
            target=_target(said),
        )

    @property
    def template_parameters(self) -> tuple[str, ...]:
        """What the template is told; what was said by its own name goes last, and wins."""
        return (
            f"rgName={self.group}",
            f"location={self.location}",
            f"namePrefix={self.prefix}",
            f"useFlexConsumption={'true' if self.is_flex else 'false'}",
            *self.parameters,
        )


def _steps(first: str, last: str) -> tuple[str, ...]:
    for name, step in (("FROM", first), ("UNTIL", last)):
        if step not in STEPS:
            raise WantedError(f"{name} must be one of {', '.join(STEPS)}.")
    chosen = STEPS[STEPS.index(first) : STEPS.index(last) + 1]
    if not chosen:
        raise WantedError(f"FROM={first} comes after UNTIL={last}.")
    return chosen


def _target(said: Mapping[str, str]) -> Target | None:
    app, vault = said.get("APP", ""), said.get("VAULT", "")
    if not app:
        return None
    host = said.get("HOST") or f"{app}.azurewebsites.net"
    return Target(said["RESOURCE_GROUP"], app, vault, host)
