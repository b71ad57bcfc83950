"""Ask the real Discogs a few questions, and print how its answers differ from the description.

Exits with 0 where nothing differs, 1 where something does, and 2 where Discogs could not be asked.
With DISCOGS_TOKEN it asks in that account's name, without one only what is public. BASE_URL names
another address to ask. What is waited for, how often is asked and what is sent is the proxy's own.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

import discogs_api
from discogs_proxy import shape
from discogs_proxy.chain import chain
from discogs_proxy.credential import NOBODY
from discogs_proxy.errors import ProxyError
from discogs_proxy.exchange import Send
from discogs_proxy.local_state import local_state
from discogs_proxy.network import Network
from discogs_proxy.settings import Settings
from discogs_proxy.settings_error import SettingsError
from sandbox.lookalike.app import TOKEN, Lookalike
from sandbox.lookalike.limits import UNLIMITED
from scripts.probe_finding import findings
from scripts.probe_questions import DISCOGS, LOOKALIKE, Question, questions

_GENERATED = Path(discogs_api.__file__).parents[1]
SAME, DIFFERENT, UNASKED = 0, 1, 2
# What one operation is answered with, and the next one may not be.
_OF_ONE_OPERATION = ("upstream_status", "not_json", "account_required", "too_large", "bad_encoding")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question."""

    question: Question
    differences: tuple[str, ...] = ()
    obstacle: str = ""
    """Why there is no answer; empty where there is one."""


def main(environment: Mapping[str, str], arguments: Sequence[str]) -> int:
    """Ask, print, and return the exit code."""
    options = _options(arguments)
    try:
        settings = Settings.from_environment(_own(environment, is_lookalike=options.lookalike))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return UNASKED
    if settings.discogs_token is None:
        settings = replace(settings, discogs_token=NOBODY)
    network = Network(settings.discogs_base_url, settings.user_agent)
    if options.lookalike:
        network.transport = httpx.ASGITransport(Lookalike(limits=UNLIMITED))
    known = LOOKALIKE if options.lookalike else DISCOGS
    return asyncio.run(_probe(network, settings, list(questions(known))))


async def _probe(network: Network, settings: Settings, known: Sequence[Question]) -> int:
    state = local_state(settings, time.monotonic, random.random)
    send = chain(
        network.send,
        settings,
        state,
        clock=time.monotonic,
        sleep=asyncio.sleep,
        random=random.random,
    )
    try:
        return await probe(send, settings, known)
    finally:
        await network.close()


async def probe(send: Send, settings: Settings, known: Sequence[Question]) -> int:
    """Ask one question after the other and print what differs; return the exit code."""
    has_token = settings.discogs_token != NOBODY
    print(f"Asking {settings.discogs_base_url} with{'' if has_token else 'out'} a token.\n")
    asked = [question for question in known if has_token or not question.needs_token]
    outcomes = []
    async for outcome in _outcomes(send, asked):
        outcomes.append(outcome)
        _print(outcome)
    differences = sum(len(outcome.differences) for outcome in outcomes)
    answers = sum(not outcome.obstacle for outcome in outcomes)
    print(f"\n{_count(differences, 'difference')} in {_count(answers, 'answer')}.")
    if not has_token:
        print("What it answers accounts alone was not asked: DISCOGS_TOKEN is not set.")
    if differences:
        return DIFFERENT
    return SAME if answers == len(asked) else UNASKED


async def _outcomes(send: Send, asked: Iterable[Question]) -> AsyncIterator[Outcome]:
    shapes = shape.read((_GENERATED / "discogs_api" / "shapes.json").read_bytes())
    described = _described()
    for question in asked:
        operation = question.request.operation
        try:
            answer = await send(question.request)
        except ProxyError as error:
            yield Outcome(question, obstacle=error.message)
            if error.reason not in _OF_ONE_OPERATION:
                return
        else:
            answers = described[operation.method, operation.path]
            found = findings(operation, answer, shapes[operation.name], answers)
            yield Outcome(question, tuple(found))


def _print(outcome: Outcome) -> None:
    request = outcome.question.request
    told = outcome.obstacle or "as described"
    if outcome.differences:
        told = _count(len(outcome.differences), "difference")
    print(f"{request.operation.name:<22} {request.target:<48} {told}")
    for difference in outcome.differences:
        print(f"    {difference}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _described() -> Mapping[tuple[str, str], Any]:
    contract = json.loads((_GENERATED / "contract.json").read_text(encoding="utf-8"))
    operations = contract["operations"].values()
    return {(each["method"], each["path"]): each["answers"] for each in operations}


def _own(environment: Mapping[str, str], *, is_lookalike: bool) -> dict[str, str]:
    base_url = environment.get("BASE_URL") or environment.get("DISCOGS_BASE_URL", "")
    own = {**environment, "DISCOGS_BASE_URL": base_url}
    if is_lookalike:
        own |= {"DISCOGS_BASE_URL": "http://lookalike.invalid", "DISCOGS_TOKEN": TOKEN}
    return own


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.probe", description=__doc__)
    parser.add_argument(
        "--lookalike", action="store_true", help="ask the look-alike of the sandbox, in process"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(os.environ, sys.argv[1:]))
