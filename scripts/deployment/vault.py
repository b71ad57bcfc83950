"""The step that writes the secrets: the role for it, the vault, and the app that reads them."""

import uuid

from scripts.deployment import commands, failures, patience, secret
from scripts.deployment.az import AzFailed
from scripts.deployment.world import Deployment, StepFailed

_PRINCIPALS = {"user": "User", "servicePrincipal": "ServicePrincipal"}


def given_secrets(deployment: Deployment) -> dict[str, str]:
    """Return the secrets to write; a new app needs all of them, to change one it may be alone."""
    said = {setting: deployment.world.ask(setting) for setting in (secret.TOKEN, secret.KEYS)}
    given = {setting: secret.checked(setting, value) for setting, value in said.items() if value}
    is_change = deployment.wanted.steps == ("secrets",)
    missing = [setting for setting in said if setting not in given]
    if missing and not (is_change and given):
        raise StepFailed(f"Set {missing[0]} in the environment, or type it when you are asked.")
    return given


def write_secrets(deployment: Deployment) -> None:
    """Take the role for it, write both, give the role back, have the app read them."""
    given = given_secrets(deployment)
    vault = deployment.target.vault
    if not vault:
        raise StepFailed("Set VAULT to the vault that the secrets go into.")
    assignment = _grant(deployment, vault)
    for setting, value in given.items():
        _write(deployment, vault, secret.name_in_vault(setting), value)
    if assignment:
        deployment.az.run(commands.withdraw(assignment))
    refresh(deployment)


def refresh(deployment: Deployment) -> None:
    """Have the app read its secrets anew."""
    target = deployment.target
    where = (deployment.signed_in["id"], target.group, target.app)
    try:
        deployment.az.run(commands.refresh(*where))
    except AzFailed as failure:
        # The app finds out by itself, only later; its health shows whether it did.
        deployment.world.say(f"    the app was not told to read its secrets anew: {failure}")


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
