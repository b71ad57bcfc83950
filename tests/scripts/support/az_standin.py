"""A stand-in for the Azure CLI: keeps what it was asked, remembers secrets, fails as it is told.

Its folder, AZ_FOLDER, has calls.jsonl (arguments and environment of each call), vault.json, and
plays.json: a list of [words of a command, how many times, the error], of which it plays the first
that fits.
"""

import json
import os
import sys
from pathlib import Path

FOLDER = Path(os.environ["AZ_FOLDER"])
ROLE = "/subscriptions/s/vault/roleAssignments/"


def load(name, otherwise):
    path = FOLDER / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else otherwise


def save(name, value):
    (FOLDER / name).write_text(json.dumps(value), encoding="utf-8")


def option(arguments, name):
    return arguments[arguments.index(name) + 1] if name in arguments else None


def played(command):
    plays = load("plays.json", [])
    for play in plays:
        words, times, error = play
        if words in command and times > 0:
            play[1] -= 1
            save("plays.json", plays)
            print(f"ERROR: {error}", file=sys.stderr)
            return True
    return False


def outputs():
    names = load("names.json", {})
    return {name: {"type": "String", "value": value} for name, value in names.items()}


def write_secret(arguments):
    file = Path(option(arguments, "--file"))
    kept = load("vault.json", {})
    kept[option(arguments, "--name")] = {
        "value": file.read_text(encoding="utf-8"),
        "mode": file.stat().st_mode & 0o777,
        "file": str(file),
    }
    save("vault.json", kept)
    return {"value": kept[option(arguments, "--name")]["value"]}


def read_secret(arguments):
    return load("vault.json", {})[option(arguments, "--name")]["value"]


def grant(arguments):
    name = load("role.json", None) or option(arguments, "--name")
    return {"id": ROLE + name, "name": name}


ANSWERS = {
    "account show": lambda _: load("account.json", None),
    "functionapp list": lambda _: [load("names.json", {})["functionAppName"]],
    "ad signed-in-user show": lambda _: "object-of-user",
    "ad sp show": lambda _: "object-of-program",
    "deployment sub create": lambda _: outputs(),
    "deployment sub show": lambda _: outputs(),
    "keyvault show": lambda _: "/subscriptions/s/vault",
    "role assignment create": grant,
    "keyvault secret set": write_secret,
    "keyvault secret show": read_secret,
}


def main(arguments):
    with (FOLDER / "calls.jsonl").open("a", encoding="utf-8") as calls:
        calls.write(json.dumps({"arguments": arguments, "environment": dict(os.environ)}) + "\n")
    command = " ".join(arguments)
    if played(command):
        return 1
    if arguments[:1] == ["login"]:
        return 0
    for words, answer in ANSWERS.items():
        if command.startswith(words + " "):
            made = answer(arguments)
            if option(arguments, "--output") != "none":
                print(json.dumps(made))
    return 0


sys.exit(main(sys.argv[1:]))
