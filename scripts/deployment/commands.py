"""The commands of the Azure CLI that make up a deployment; what they do is decided here alone."""

import re
from collections.abc import Sequence

Command = tuple[str, ...]

# By number: its name is spelled with blanks, which a shell between here and there may split.
SECRETS_OFFICER = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"
_LONGEST_NAME = 64
_REFRESH_VERSION = "2022-03-01"

ACCOUNT: Command = ("account", "show")


def choose(subscription: str) -> Command:
    """Make the subscription the one that all commands without a name for it mean."""
    return ("account", "set", "--subscription", subscription)


def deployment_name(prefix: str, location: str) -> str:
    """Return the name under which Azure remembers the deployment; it has one place of its own."""
    return re.sub(r"[^\w.-]", "-", f"{prefix}-{location}")[:_LONGEST_NAME]


def provision(name: str, location: str, template: str, parameters: Sequence[str]) -> Command:
    """Bring everything in Azure to what the template says."""
    return (
        *("deployment", "sub", "create", "--name", name, "--location", location),
        *("--template-file", template, "--parameters", *parameters, "--no-prompt", "true"),
        *("--query", "properties.outputs"),
    )


def outputs(name: str) -> Command:
    """Ask what an earlier deployment came to."""
    return ("deployment", "sub", "show", "--name", name, "--query", "properties.outputs")


def identity(kind: str, name: str) -> Command:
    """Ask for the object id of who is signed in: a person, or a program by its client id."""
    if kind == "user":
        return ("ad", "signed-in-user", "show", "--query", "id")
    return ("ad", "sp", "show", "--id", name, "--query", "id")


def vault_id(vault: str) -> Command:
    """Ask for the id of a vault."""
    return ("keyvault", "show", "--name", vault, "--query", "id")


def grant(assignment: str, principal: str, kind: str, scope: str) -> Command:
    """Let somebody write secrets; where that is so already, the answer is what says so."""
    return (
        *("role", "assignment", "create", "--name", assignment, "--role", SECRETS_OFFICER),
        *("--assignee-object-id", principal, "--assignee-principal-type", kind, "--scope", scope),
    )


def withdraw(assignment_id: str) -> Command:
    """Take that back."""
    return ("role", "assignment", "delete", "--ids", assignment_id)


def write_secret(vault: str, name: str, file: str) -> Command:
    """Write a secret from a file: an argument would be for everybody on the machine to read."""
    where = ("--vault-name", vault, "--name", name)
    return ("keyvault", "secret", "set", *where, "--file", file, "--encoding", "utf-8")


def read_secret(vault: str, name: str) -> Command:
    """Ask for a secret."""
    where = ("--vault-name", vault, "--name", name)
    return ("keyvault", "secret", "show", *where, "--query", "value")


def refresh(subscription: str, group: str, app: str) -> Command:
    """Have the app read its secrets anew; by itself it does so once a day."""
    site = (
        f"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Web/sites/{app}"
    )
    address = f"{site}/config/configreferences/appsettings/refresh?api-version={_REFRESH_VERSION}"
    return ("rest", "--method", "post", "--url", address)


def deploy(group: str, app: str, archive: str) -> Command:
    """Put the package on the app, its libraries installed over there.

    One command for both plans: it deploys in one step to Flex Consumption, and over Oryx to the
    classic one.
    """
    where = ("--resource-group", group, "--name", app)
    command = ("functionapp", "deployment", "source", "config-zip")
    return (*command, *where, "--src", archive, "--build-remote", "true")
