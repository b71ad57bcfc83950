"""The steps of a deployment; each may be done again, and finds what the ones before it made."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from scripts import package
from scripts.deployment import commands, failures, patience, secret, site
from scripts.deployment.az import AzFailed
from scripts.deployment.vault import refresh, write_secrets
from scripts.deployment.wanted import Wanted
from scripts.deployment.world import Deployment, StepFailed, target_of

_TEMPLATE = str(Path(__file__).resolve().parents[2] / "infra" / "main.bicep")
# While secrets stay unresolved, the app is told to read them anew each so many tries.
_REFRESH_EVERY = 6
_CALL_DELAYS = (5, 15, 30)


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
    deployment.found = target_of(made)


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
            refresh(deployment)
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
