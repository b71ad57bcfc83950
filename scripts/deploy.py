"""Bring the proxy to Azure: everything it needs there, its secrets, itself.

SUBSCRIPTION_ID, RESOURCE_GROUP, NAME_PREFIX, LOCATION, FLEX and PARAMETERS say which and where;
FROM and UNTIL leave steps out. The secrets DISCOGS_TOKEN and X_API_KEY are asked for, or taken from
the environment; they are in no argument, no output and no other program's environment.
"""

import functools
import getpass
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from discogs_proxy.settings_error import SettingsError
from scripts import package
from scripts.deployment import failures, secret, site
from scripts.deployment.az import Az, AzFailed
from scripts.deployment.steps import chosen, sign_in
from scripts.deployment.vault import given_secrets
from scripts.deployment.wanted import Wanted, WantedError
from scripts.deployment.world import Deployment, StepFailed, World

_BUILD = Path(__file__).resolve().parents[1] / "build"
_TIMEOUT = 60.0


def main(
    environment: Mapping[str, str],
    read: site.Get,
    sleep: Callable[[float], None],
    prompt: Callable[[str], str] | None,
) -> int:
    """Deploy; return 0, or 1 with a message that says where it stopped and how to go on."""
    secrets: list[str] = [environment.get(name, "") for name in (secret.TOKEN, secret.KEYS)]
    say = _saying(secrets)
    program = environment.get("AZ") or shutil.which("az", path=environment.get("PATH"))
    if not program:
        say("The Azure CLI is needed, and there is no az on the PATH.")
        return 1
    try:
        wanted = Wanted.from_environment(environment)
    except WantedError as error:
        say(str(error))
        return 1
    world = World(
        az=Az(program, secret.environment_without(environment, secrets)),
        get=read,
        sleep=sleep,
        say=say,
        pack=functools.cache(_pack),
        ask=_asking(environment, prompt, secrets),
        is_watched=prompt is not None,
    )
    return _run(Deployment(wanted, world))


def _run(deployment: Deployment) -> int:
    say, steps = deployment.world.say, list(chosen(deployment))
    name, number = "the beginning", 0
    try:
        if "secrets" in deployment.wanted.steps:
            given_secrets(deployment)  # now, so that nobody has to come back for it
        say("Signing in")
        name = "sign-in"
        sign_in(deployment)
        for number, (name, title, act) in enumerate(steps, start=1):
            say(f"[{number}/{len(steps)}] {title} ({name})")
            act(deployment)
    except (AzFailed, StepFailed, SettingsError) as failure:
        say(_stopped(name, number, len(steps), str(failure)))
        return 1
    say(_done(deployment))
    return 0


def _stopped(name: str, number: int, of: int, text: str) -> str:
    where = f"step {number} of {of}, {name}" if number else name
    again = "Run the same command again: what is done is found as it is, or done again unharmed"
    if number > 1:
        again += f"; FROM={name} leaves out what came before"
    parts = [f"Stopped at {where}:", f"    {text}", failures.advice(text), f"{again}."]
    return "\n".join(filter(None, parts))


def _done(deployment: Deployment) -> str:
    if deployment.wanted.steps[-1] != "call":
        return f"Done, up to {deployment.wanted.steps[-1]}."
    address = deployment.target.address
    return f"""
The proxy answers on {address}
Action spec: {address}/api/openapi.json

Next: have a GPT import its Action from that address, with an API key in the header x-api-key;
      hold the proxy against its description: make contract BASE_URL={address} API_KEY=…
      and keep docs/operations-guide.md at hand."""


def _saying(secrets: list[str]) -> Callable[[str], None]:
    def say(text: str) -> None:
        print(secret.scrubbed(text, secrets), flush=True)

    return say


def _asking(
    environment: Mapping[str, str], prompt: Callable[[str], str] | None, secrets: list[str]
) -> Callable[[str], str | None]:
    @functools.cache
    def ask(setting: str) -> str | None:
        value = environment.get(setting, "").strip()
        if not value and prompt is not None:
            value = prompt(f"{setting} (not shown): ").strip()
        secrets.append(value)
        return value or None

    return ask


def _pack(target: str) -> Path:
    package.main(("--target", target))
    return _BUILD / "app.zip"


def get(address: str, headers: Mapping[str, str]) -> site.Reply:
    """Read an address; whatever goes wrong on the way is an answer, too."""
    try:
        answer = httpx.get(address, headers=dict(headers), timeout=_TIMEOUT)
    except httpx.HTTPError:
        return site.Reply(0, b"")
    return site.Reply(answer.status_code, answer.content)


if __name__ == "__main__":
    is_watched = sys.stdin.isatty() and not os.environ.get("CI")
    sys.exit(main(os.environ, get, time.sleep, getpass.getpass if is_watched else None))
