"""Claim that values are held against a model named by text, and are never quoted."""

import pytest

from discogs_proxy.validation import problems

MODEL = "discogs_api.parameters:SearchParameters"


def test_values_that_fit_make_no_problem():
    assert problems(MODEL, {"q": "x", "page": 2}) == []


def test_each_problem_names_its_field_and_never_its_value():
    found = problems(MODEL, {"q": 1, "type": "hunter2", "page": "2", "hunter": "hunter2"})

    assert found == [
        "q: Input should be a valid string.",
        "type: Input should be 'release', 'master', 'artist' or 'label'.",
        "page: Input should be a valid integer.",
        "hunter: Extra inputs are not permitted.",
    ]


@pytest.mark.parametrize("model", ["discogs_proxy.settings:Settings", "json:dumps"])
def test_only_a_model_can_check(model):
    with pytest.raises(TypeError, match=f"{model} is no Pydantic model"):
        problems(model, {})
