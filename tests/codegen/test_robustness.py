"""Whatever is done to the description, the generator answers with files or with faults."""

import copy
import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.fault import DescriptionError, Fault
from codegen.summary import summary
from tests.compiled import compiled

_SCALARS = (None, True, 0, -1, 1.5, 10**30, "", "x", "#/components/schemas/Id")
_COLLECTIONS = ([], [None], ["x"], {}, {"x": "x"}, {"$ref": 1}, {"schema": {"type": "x"}})
_REFERENCE = {"$ref": "#/components/schemas/Track"}
_JUNK = st.sampled_from((*_SCALARS, *_COLLECTIONS, _REFERENCE))


@pytest.fixture(scope="module")
def tree(shipped):
    return yaml.safe_load(shipped)


@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_a_mutated_description_makes_files_or_faults_and_nothing_else(tree, data):
    mutant = copy.deepcopy(tree)
    for _ in range(data.draw(st.integers(1, 3))):
        _mutate(mutant, data)

    outcome = _outcome(json.dumps(mutant))

    if isinstance(outcome, DescriptionError):
        assert [type(fault) for fault in outcome.faults] == [Fault] * (len(outcome.faults) or 1)
    else:
        assert {type(text) for text in outcome.values()} == {str}
        assert "generated/gpt-action/openapi.json" in outcome


@pytest.mark.parametrize(
    "ingredients", [5, "x", None, [5], [None], [{"$ref": "#/components/schemas/Want"}]]
)
def test_ingredients_that_are_none_or_the_object_itself_are_a_fault(tree, ingredients):
    mutant = copy.deepcopy(tree)
    mutant["components"]["schemas"]["Want"]["allOf"] = ingredients

    outcome = _outcome(json.dumps(mutant))

    assert isinstance(outcome, DescriptionError)
    assert any("/Want/allOf" in fault.pointer for fault in outcome.faults)


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_a_damaged_contract_is_compared_or_refused_and_nothing_else(repository, data):
    text = (repository / "generated" / "contract.json").read_text(encoding="utf-8")
    mutant = json.loads(text)
    for _ in range(data.draw(st.integers(1, 3))):
        _mutate(mutant, data)

    assert summary(json.dumps(mutant), text).startswith("For callers")


def _outcome(text):
    try:
        return compiled(text)
    except DescriptionError as error:
        return error


def _mutate(node, data):
    """Delete a key, or put something else in its place, at a random pointer."""
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        inside = node[key]
        if isinstance(inside, dict | list) and data.draw(st.integers(0, 4)):
            node = inside
            continue
        if data.draw(st.booleans()):
            del node[key]
        else:
            node[key] = copy.deepcopy(data.draw(_JUNK))
        return
