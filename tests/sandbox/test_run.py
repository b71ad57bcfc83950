"""`python -m sandbox` as a person meets it: started, asked, interrupted."""

import os
import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from tests.running_sandbox import sandbox
from tests.shipped_app import ROOT


def commands(greeting):
    """The curl lines, as header and address."""
    return re.findall(r"curl -H (\S+?):(\S+) '(\S+)'", greeting)


@pytest.fixture(scope="module")
def running():
    with sandbox("--lookalike") as (process, greeting):
        yield process, greeting


def test_the_greeting_says_plainly_that_this_is_not_discogs(running):
    assert "It talks to: the sandbox, a look-alike of Discogs" in running[1]


def test_the_printed_commands_work_as_printed(running):
    printed = commands(running[1])

    answers = [
        httpx.get(address, headers={name: key}, trust_env=False) for name, key, address in printed
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200]
    assert answers[2].json()["pagination"]["items"] > 0
    assert len(answers[3].content) < len(answers[1].content) / 2


def test_the_printed_user_may_change_what_is_his(running):
    user = re.search(r"Its user:    (\w+)", running[1])[1]
    name, key, address = commands(running[1])[0]
    api = address.partition("/artists")[0]

    answer = httpx.put(f"{api}/users/{user}/wants/4019", headers={name: key}, trust_env=False)

    assert (answer.status_code, answer.json()["id"]) == (201, 4019)


def test_the_printed_address_brings_the_memory_back(running):
    address = re.search(r"Its memory:  POST (\S+)", running[1])[1]

    assert httpx.post(address, trust_env=False).status_code == 204


def test_links_lead_back_to_the_running_proxy(running):
    name, key, address = commands(running[1])[0]

    link = httpx.get(address, headers={name: key}, trust_env=False).json()["resource_url"]

    assert link == address


def test_a_key_of_ones_own_is_used_and_never_printed():
    with sandbox("--lookalike", X_API_KEY="my-own-secret-key,another") as (_, greeting):
        address = commands(greeting)[0][2]
        answer = httpx.get(address, headers={"x-api-key": "my-own-secret-key"}, trust_env=False)

    assert "my-own-secret-key" not in greeting
    assert "Client key:  one of X_API_KEY" in greeting
    assert "x-api-key:YOUR_KEY" in greeting
    assert answer.status_code == 200


def test_a_token_is_not_used_where_the_look_alike_is_asked_for():
    with sandbox("--lookalike", DISCOGS_TOKEN="my-own-token") as (_, greeting):
        name, key, address = commands(greeting)[0]
        answer = httpx.get(address, headers={name: key}, trust_env=False)

    assert "It talks to: the sandbox" in greeting
    assert answer.status_code == 200


def test_the_printed_fault_switch_makes_discogs_fail(running):
    faults = re.search(r"POST (\S+),", running[1])[1]
    name, key, address = commands(running[1])[0]

    httpx.post(faults, json={"fault": "redirect"}, trust_env=False)
    asked = {name: key, "cache-control": "no-cache"}
    answers = [httpx.get(address, headers=asked, trust_env=False) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [502, 200]


def test_a_second_interrupt_does_not_wait_for_calls_in_flight():
    with sandbox("--lookalike") as (process, greeting):
        faults = re.search(r"POST (\S+),", greeting)[1]
        name, key, address = commands(greeting)[0]
        httpx.post(faults, json={"fault": "hang"}, trust_env=False)
        with socket.create_connection(("127.0.0.1", httpx.URL(address).port)) as caller:
            path = httpx.URL(address).path
            caller.sendall(f"GET {path} HTTP/1.1\r\nHost: p\r\n{name}: {key}\r\n\r\n".encode())
            for _ in range(10_000):
                if not httpx.get(faults, trust_env=False).json()["faults"]:
                    break
            process.send_signal(signal.SIGINT)
            process.send_signal(signal.SIGTERM)
            code = process.wait(timeout=20)
            rest = process.stdout.read()

    assert (code, rest.strip()) == (0, "Stopped.")


def test_a_bad_setting_is_one_line_that_names_it():
    done = run_to_its_end(PORT="0", DEADLINE_SECONDS="soon")

    assert done.returncode == 1
    assert done.stderr.splitlines() == ["DEADLINE_SECONDS must be a number above 0, 230 at most."]


def test_with_a_token_it_says_that_it_talks_to_the_real_discogs_and_does_not_print_it():
    with sandbox(DISCOGS_TOKEN="my-own-token") as (_, greeting):
        pass

    assert "the real Discogs, https://api.discogs.com" in greeting
    assert "my-own-token" not in greeting


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_it_cleanly(number):
    with sandbox("--lookalike") as (process, _):
        process.send_signal(number)
        rest = process.stdout.read()
        code = process.wait(timeout=10)

    assert (code, rest.strip()) == (0, "Stopped.")


def run_to_its_end(**settings):
    return subprocess.run(
        (sys.executable, "-m", "sandbox", "--lookalike"),
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def test_a_busy_port_is_a_clear_message():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run_to_its_end(PORT=port)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used: ")
    assert "make run PORT=7072" in done.stderr


@pytest.mark.parametrize("port", ["seventy", "-1", "65536", "7071x", "\u0667\u0660"])
def test_a_port_that_is_none_is_a_clear_message(port):
    done = run_to_its_end(PORT=port)

    assert done.returncode == 1
    assert done.stderr.strip() == f"PORT must be a number from 0 to 65535, not '{port}'."
