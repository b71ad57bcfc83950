"""A description may go as far as each limit, and one further is a fault."""

import pytest

from codegen.fault import DescriptionError
from codegen.pipeline import check

_DESCRIPTION = """\
openapi: 3.1.0
info: {title: Kitchen, version: "1"}
paths:
"""
_OPERATION = """\
  /dishes%d:
    get:
      operationId: %s
      tags: [Dishes]
      summary: %s
      x-proxy-agent: {description: %s, parameters: [q], consequential: false}
      parameters:
        - {name: q, in: query, description: %s, schema: {type: string}}
      responses:
        "200":
          description: The dishes.
          content: {application/json: {schema: {type: object, properties: {dishes: {type: array}}}}}
        "404": {description: No dishes.}
        "500": {description: The kitchen is closed.}
"""


def _operation(number=0, *, name=20, summary=20, agent=40, parameter=20):
    """Return an operation whose texts have the given numbers of characters."""
    operation_id = f"list{number}".ljust(name, "x")
    return _OPERATION % (number, operation_id, "s" * summary, "a" * agent, "p" * parameter)


def _codes(*operations):
    try:
        check(_DESCRIPTION + "".join(operations), "openapi.yaml")
    except DescriptionError as error:
        return [fault.code for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("text", "allowed", "refused", "code"),
    [
        ("name", 64, 65, "SPEC009"),
        ("summary", 300, 301, "SPEC014"),
        ("agent", 295, 296, "SPEC008"),
        ("agent", 30, 29, "SPEC008"),
        ("parameter", 700, 701, "SPEC014"),
    ],
)
def test_a_text_has_a_length_that_it_may_have_and_one_that_it_may_not(text, allowed, refused, code):
    assert _codes(_operation(**{text: allowed})) == []
    assert _codes(_operation(**{text: refused})) == [code]


def test_agents_are_offered_thirty_operations():
    operations = [_operation(number) for number in range(31)]

    assert _codes(*operations[:30]) == []
    assert _codes(*operations) == ["SPEC014"]


def test_a_summary_that_no_agent_reads_may_be_longer():
    lines = _operation(summary=301).splitlines(keepends=True)

    assert _codes(*(line for line in lines if "x-proxy-agent" not in line)) == []


def test_a_few_hundred_bytes_of_aliases_are_refused_before_they_are_read():
    text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for name, inner in zip("bcdefghijkl", "abcdefghijk", strict=True):
        text += f"{name}: &{name} [{', '.join([f'*{inner}'] * 10)}]\n"

    with pytest.raises(DescriptionError, match="SPEC001 more than 200000 values by aliases"):
        check(text, "openapi.yaml")
