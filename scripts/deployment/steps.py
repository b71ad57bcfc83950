"""The steps of a deployment; each may be done again, and finds what the ones before it made."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts import package
from scripts.deployment import commands, failures, patience, secret, site
from scripts.deployment.az import Az, AzFailed
from scripts.deployment.wanted import Target, Wanted

_TEMPLATE = str(Path(__file__).resolve().parents[2] / "infra" / "main.bicep")
_PRINCIPALS = {"user": "User", "servicePrincipal": "ServicePrincipal"}
# While secrets stay unresolved, the app is told to read them anew each so many tries.
_REFRESH_EVERY = 6
_CALL_DELAYS = (5, 15, 30)


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
            self.found = self.wanted.target or _target(self.az.read(commands.outputs(name)))
        return self.found

    def wait(self, delay: float, reason: str) -> None:
        """Sleep, and say why."""
        first = reason.splitlines()[0] if reason else "no answer"
        self.world.say(f"    not yet, again in {delay:g} s: {first[:120]}")
        self.world.sleep(delay)


def sign_in(deployment: Deployment) -> None:
    """Use the sign-in that there is, else let a person sign in; go to the subscription."""
    world, wanted = deployment.world, deployment.wanted
    try:
        world.az.read(commands.ACCOUNT)
    except AzFailed as failure:
        if not (failures.is_not_signed_in(str(failure)) and world.is_watched):
            raise
        world.az.login()
    world.az.run(commands.choose(wanted.subscription))
    account = world.az.read(commands.ACCOUNT)
    if (
        account["id"].lower() != wanted.subscription.lower()
        and account["name"] != wanted.subscription
    ):
        raise StepFailed(f"The sign-in stays in another subscription, {account['name']}.")
    if account.get("state", "Enabled") != "Enabled":
        raise StepFailed(f"The subscription {account['name']} is {account['state']}.")
    deployment.signed_in = account
    world.say(f"    {account['name']}, as {account['user']['name']}")


def provision(deployment: Deployment) -> None:
    """Bring everything in Azure to what the template says; it may take ten minutes."""
    wanted = deployment.wanted
    name = commands.deployment_name(wanted.prefix, wanted.location)
    command = commands.provision(name, wanted.location, _TEMPLATE, wanted.template_parameters)
    made = patience.persist(
        lambda: deployment.az.read(command),
        failures.is_busy,
        patience.CONFLICTS,
        deployment.wait,
    )
    deployment.found = _target(made)


def write_secrets(deployment: Deployment) -> None:
    """Take the role for it, write both, give the role back, have the app read them."""
    given = _given(deployment)
    vault = deployment.target.vault
    if not vault:
        raise StepFailed("Set VAULT to the vault that the secrets go into.")
    assignment = _grant(deployment, vault)
    for setting, value in given.items():
        _write(deployment, vault, secret.name_in_vault(setting), value)
    if assignment:
        deployment.az.run(commands.withdraw(assignment))
    _refresh(deployment)


def make_package(deployment: Deployment) -> None:
    """Make what is deployed."""
    deployment.world.pack(_python(deployment.wanted))


def deploy(deployment: Deployment) -> None:
    """Put it on the app."""
    archive = deployment.world.pack(_python(deployment.wanted))
    target = deployment.target
    patience.persist(
        lambda: deployment.az.run(commands.deploy(target.group, target.app, str(archive))),
        failures.is_busy,
        patience.CONFLICTS,
        deployment.wait,
    )


def await_health(deployment: Deployment) -> None:
    """Wait until the proxy says that it has its secrets."""
    address = f"{deployment.target.address}/api/healthz"
    state, reply = site.STARTING, site.Reply(0, b"")
    for number, delay in enumerate((*patience.START, 0), start=1):
        reply = deployment.world.get(address, {})
        state = site.health(reply)
        if state == site.WELL:
            return
        if state == site.UNRESOLVED and number % _REFRESH_EVERY == 0:
            _refresh(deployment)
        if delay:
            deployment.wait(delay, state if reply.status else "no answer")
    if state == site.UNRESOLVED:
        names = ", ".join(site.unresolved(reply))
        raise StepFailed(f"The app runs, but it cannot read {names} from the vault.")
    raise StepFailed(f"{address} does not answer as the proxy does; status {reply.status}.")


def call(deployment: Deployment) -> None:
    """Ask the proxy for something that only Discogs knows."""
    address = f"{deployment.target.address}/api/artists/{site.ARTIST}"
    headers = {"x-api-key": secret.first_key(_client_keys(deployment))}
    complaint = ""
    for delay in (*_CALL_DELAYS, 0):
        complaint = site.complaint(deployment.world.get(address, headers))
        if not complaint:
            return
        if delay:
            deployment.wait(delay, complaint)
    raise StepFailed(complaint)


ACTIONS: Mapping[str, tuple[str, Callable[[Deployment], None]]] = {
    "provision": ("Bringing everything in Azure about; this may take ten minutes", provision),
    "secrets": ("Writing the secrets into the vault", write_secrets),
    "package": ("Making the package", make_package),
    "deploy": ("Putting the package on the app; its libraries are installed there", deploy),
    "health": ("Waiting until the proxy has its secrets", await_health),
    "call": ("Making one real call", call),
}


def _target(made: Mapping[str, Mapping[str, str]] | None) -> Target:
    if not made:
        raise StepFailed("Azure knows of no such deployment: begin with FROM=provision.")
    names = ("resourceGroupName", "functionAppName", "keyVaultName", "hostName")
    return Target(*(made[name]["value"] for name in names))


def _grant(deployment: Deployment, vault: str) -> str:
    """Give the deployer the role; return what to take back, nothing where he had it before."""
    az, user = deployment.az, deployment.signed_in["user"]
    principal = deployment.world.az.read(commands.identity(user["type"], user["name"]))
    scope = az.read(commands.vault_id(vault))
    # A name that follows from the two is found again by the next attempt.
    name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{scope}/{principal}"))
    kind = _PRINCIPALS.get(user["type"], "User")
    made = patience.persist(
        lambda: az.read(commands.grant(name, principal, kind, scope)),
        failures.is_busy,
        patience.CONFLICTS,
        deployment.wait,
    )
    return str(made["id"]) if made["name"] == name else ""


def _write(deployment: Deployment, vault: str, name: str, value: str) -> None:
    with secret.lying_in_file(value) as file:
        patience.persist(
            lambda: deployment.az.run(commands.write_secret(vault, name, file)),
            failures.is_role_underway,
            patience.ROLES,
            deployment.wait,
        )


def _refresh(deployment: Deployment) -> None:
    target = deployment.target
    where = (deployment.signed_in["id"], target.group, target.app)
    try:
        deployment.az.run(commands.refresh(*where))
    except AzFailed as failure:
        # The app finds out by itself, only later; its health shows whether it did.
        deployment.world.say(f"    the app was not told to read its secrets anew: {failure}")


def _given(deployment: Deployment) -> dict[str, str]:
    """Return the secrets to write; a new app needs all of them, to change one it may be alone."""
    said = {setting: deployment.world.ask(setting) for setting in (secret.TOKEN, secret.KEYS)}
    given = {setting: secret.checked(setting, value) for setting, value in said.items() if value}
    is_change = deployment.wanted.steps == ("secrets",)
    missing = [setting for setting in said if setting not in given]
    if missing and not (is_change and given):
        raise StepFailed(f"Set {missing[0]} in the environment, or type it when you are asked.")
    return given


def _client_keys(deployment: Deployment) -> str:
    value = deployment.world.ask(secret.KEYS)
    if value:
        return value
    name = secret.name_in_vault(secret.KEYS)
    kept: str = deployment.az.read(commands.read_secret(deployment.target.vault, name))
    return kept


def _python(wanted: Wanted) -> str:
    return package.FLEX if wanted.is_flex else package.CLASSIC


def chosen(deployment: Deployment) -> Iterator[tuple[str, str, Callable[[Deployment], None]]]:
    """Give the steps that are to be done, in their order."""
    for name in deployment.wanted.steps:
        title, act = ACTIONS[name]
        yield name, title, act
