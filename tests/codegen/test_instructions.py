"""What models are told first is short enough to be taken, and true to what they may call."""

import json
import re

import pytest

from codegen.fault import DescriptionError
from codegen.instructions import MOST_CHARACTERS, PLACE
from tests.compiled import compiled


@pytest.fixture(scope="module")
def told(repository):
    return (repository / PLACE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def offered(repository):
    path = repository / "generated" / "gpt-action" / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8"))["offered"]


def test_the_shipped_ones_are_short_enough_and_name_every_operation(told, offered):
    assert len(told) <= 8_000
    for operation in offered:
        assert re.search(rf"\b{operation['operationId']}\b", told)


def test_every_change_is_named_where_asking_first_is_demanded(told, offered):
    (line,) = [line for line in told.splitlines() if line.startswith("These change something: ")]

    names = line.removeprefix("These change something: ").removesuffix(".").split(", ")
    assert names == [o["operationId"] for o in offered if o["consequential"]]


def test_what_they_say_to_include_can_be_included(told, offered):
    groups = {group for operation in offered for group in operation["include"]}

    assert set(re.findall(r"include=(\w+)", told)) <= groups


def test_discogs_is_credited_word_for_word(told):
    assert '"Data provided by Discogs." with a link to its page on discogs.com' in told


def test_they_may_be_as_long_as_is_taken_and_no_longer(golden):
    text = (golden / "instructions" / "openapi.yaml").read_text(encoding="utf-8")
    room = MOST_CHARACTERS - len(compiled(text)[PLACE])

    def with_more(characters):
        return text.replace("Read getMenu aloud.", f"Read getMenu aloud.{'!' * characters}")

    assert len(compiled(with_more(room))[PLACE]) == MOST_CHARACTERS
    with pytest.raises(DescriptionError, match=r"SPEC014 the instructions have 8001 characters"):
        compiled(with_more(room + 1))


def test_who_offers_nothing_needs_none(golden):
    text = (golden / "minimal" / "openapi.yaml").read_text(encoding="utf-8")

    assert PLACE not in compiled(text)
