"""An edit of the shipped description changes what it is about, and nothing else."""

import difflib
import json

import pytest

from codegen.fault import DescriptionError
from tests.compiled import compiled

_LABEL = """\
  /labels/{label_id}:
    get:
      operationId: getLabel
      tags: [Database]
      summary: Read one label.
      parameters:
        - name: label_id
          in: path
          required: true
          description: The label's id.
          schema: {$ref: "#/components/schemas/Id"}
      responses:
        "200": {description: The label.}
        "404": {description: No such label.}
        "500": {$ref: "#/components/responses/InternalError"}

components:
"""
_MATRIX = """\
        - name: matrix
          in: query
          description: Text in the runout.
          schema: {type: string}
        - name: track
"""


@pytest.fixture(scope="module")
def before(shipped):
    return _build(shipped)


def _build(text):
    return {name.rpartition("/")[2]: made for name, made in compiled(text).items()}


def _replace(text, old, new):
    assert text.count(old) == 1
    return text.replace(old, new)


def _changes(before, after):
    """Return the removed and the added lines of each file that is not as before."""
    lines_by_file = {}
    for name in before:
        lines = difflib.ndiff(before[name].splitlines(), after[name].splitlines())
        changed = [line for line in lines if line.startswith(("-", "+"))]
        if changed:
            lines_by_file[name] = changed
    return lines_by_file


def test_an_operation_more_is_a_route_an_operation_and_a_model_more(shipped, before):
    changes = _changes(before, _build(_replace(shipped, "components:\n", _LABEL)))

    assert sorted(changes) == ["operations.py", "parameters.py", "routes.py"]
    assert not [line for lines in changes.values() for line in lines if line.startswith("-")]
    assert _starting(changes["routes.py"], "    async def ") == 1
    assert _starting(changes["routes.py"], "    @routes.function_name(") == 1
    assert _starting(changes["operations.py"], "GET_LABEL = Operation(") == 1
    assert _starting(changes["operations.py"], "    GET_LABEL,") == 1
    assert _starting(changes["parameters.py"], "class GetLabelParameters(BaseModel):") == 1
    assert _starting(changes["parameters.py"], "class ") == 1


def _starting(lines, beginning):
    return sum(line.removeprefix("+ ").startswith(beginning) for line in lines)


def test_a_renamed_parameter_changes_where_it_is_named_alone(shipped, before):
    renamed = _replace(shipped, "- name: anv\n", "- name: variation\n")
    renamed = _replace(renamed, "artist, anv, label", "artist, variation, label")

    changes = _changes(before, _build(renamed))

    assert changes == {
        "operations.py": [
            '-         Parameter(name="anv", place="query", kind="string"),',
            '+         Parameter(name="variation", place="query", kind="string"),',
        ],
        "parameters.py": ["-     anv: Annotated[", "+     variation: Annotated["],
        "openapi.json": ['-             "name": "anv",', '+             "name": "variation",'],
    }


def test_a_query_parameter_more_stays_with_programs_until_agents_are_offered_it(shipped, before):
    text = _replace(shipped, "        - name: track\n", _MATRIX)

    changes = _changes(before, _build(text))

    assert changes == {
        "operations.py": ['+         Parameter(name="matrix", place="query", kind="string"),'],
        "parameters.py": [
            '+     matrix: Annotated[str | None, Field(description="Text in the runout.")] = None'
        ],
    }


def test_a_query_parameter_offered_to_agents_is_in_the_action_spec(shipped, before):
    text = _replace(shipped, "        - name: track\n", _MATRIX)
    text = _replace(text, "barcode, track, page,", "barcode, matrix, track, page,")

    after = _build(text)

    assert sorted(_changes(before, after)) == ["openapi.json", "operations.py", "parameters.py"]
    offered = json.loads(after["openapi.json"])["paths"]["/database/search"]["get"]["parameters"]
    assert [parameter for parameter in offered if parameter["name"] == "matrix"] == [
        {
            "name": "matrix",
            "in": "query",
            "required": False,
            "description": "Text in the runout.",
            "schema": {"type": "string"},
        }
    ]


def test_a_summary_is_a_docstring_and_a_line_of_the_action_spec(shipped, before):
    changes = _changes(before, _build(_replace(shipped, "Read one artist.\n", "Read an artist.\n")))

    assert changes == {
        "routes.py": [
            '-         """Read one artist."""',
            '+         """Read an artist."""',
        ],
        "openapi.json": [
            '-         "summary": "Read one artist.",',
            '+         "summary": "Read an artist.",',
        ],
    }


def test_a_broken_reference_is_one_fault_at_its_line_and_column(shipped):
    right, wrong = '"#/components/schemas/SearchPage"', '"#/components/schemas/SearchPgae"'
    text = _replace(shipped, right, wrong)
    before = text[: text.index(wrong)]

    with pytest.raises(DescriptionError) as caught:
        compiled(text)

    (fault,) = caught.value.faults
    assert fault.code == "SPEC004"
    assert fault.message.endswith("— did you mean '#/components/schemas/SearchPage'?")
    assert fault.mark.line == before.count("\n") + 1
    assert fault.mark.column == len(before) - before.rindex("\n")
