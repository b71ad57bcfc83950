"""An edit of the shipped description changes what it is about, and nothing else."""

import difflib
import json

import pytest

from codegen.fault import DescriptionError
from tests.compiled import compiled

_PLANT = """\
  /pressing-plants/{plant_id}:
    get:
      operationId: getPlant
      tags: [Database]
      summary: Read one pressing plant.
      parameters:
        - name: plant_id
          in: path
          required: true
          description: The plant's id.
          schema: {type: integer, minimum: 1}
      responses:
        "200": {description: The plant.}
        "404": {description: No such plant.}
        "500": {$ref: "#/components/responses/InternalError"}

components:
"""
_ARTIST = "  /artists/{artist_id}:\n"
_SEARCH = "  /database/search:\n"
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


def _replace(text, old, new, *, after="paths:\n"):
    """Replace the first such text after a line that stands there once."""
    assert text.count(f"\n{after}") == 1
    before, line, rest = text.partition(f"\n{after}")
    assert old in rest
    return before + line + rest.replace(old, new, 1)


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
    changes = _changes(before, _build(_replace(shipped, "\ncomponents:\n", f"\n{_PLANT}")))

    assert sorted(changes) == ["operations.py", "parameters.py", "routes.py"]
    assert not [line for lines in changes.values() for line in lines if line.startswith("-")]
    assert _starting(changes["routes.py"], "    async def ") == 1
    assert _starting(changes["routes.py"], "    @routes.function_name(") == 1
    assert _starting(changes["operations.py"], "GET_PLANT = Operation(") == 1
    assert _starting(changes["operations.py"], "    GET_PLANT,") == 1
    assert _starting(changes["parameters.py"], "class GetPlantParameters(_Closed):") == 1
    assert _starting(changes["parameters.py"], "class ") == 1


def _starting(lines, beginning):
    return sum(line.removeprefix("+ ").startswith(beginning) for line in lines)


def test_a_renamed_parameter_changes_where_it_is_named_alone(shipped, before):
    renamed = _replace(shipped, "- name: anv\n", "- name: variation\n", after=_SEARCH)
    renamed = _replace(renamed, "artist, anv, label", "artist, variation, label", after=_SEARCH)

    changes = _changes(before, _build(renamed))

    assert changes == {
        "operations.py": [
            '-         Parameter(name="anv", place="query", kind="string"),',
            '+         Parameter(name="variation", place="query", kind="string"),',
        ],
        "parameters.py": [
            "-     anv: str | MISSING = MISSING",
            "+     variation: str | MISSING = MISSING",
        ],
        "openapi.json": ['-             "name": "anv",', '+             "name": "variation",'],
    }


def test_a_query_parameter_more_stays_with_programs_until_agents_are_offered_it(shipped, before):
    text = _replace(shipped, "        - name: track\n", _MATRIX, after=_SEARCH)

    changes = _changes(before, _build(text))

    assert changes == {
        "operations.py": ['+         Parameter(name="matrix", place="query", kind="string"),'],
        "parameters.py": ["+     matrix: str | MISSING = MISSING"],
    }


def test_a_query_parameter_offered_to_agents_is_in_the_action_spec(shipped, before):
    text = _replace(shipped, "        - name: track\n", _MATRIX, after=_SEARCH)
    text = _replace(text, "barcode, track,", "barcode, matrix, track,", after=_SEARCH)

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
    text = _replace(shipped, "Read one artist.\n", "Read an artist.\n", after=_ARTIST)

    changes = _changes(before, _build(text))

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
    text = _replace(shipped, right, wrong, after=_SEARCH)
    before = text[: text.index(wrong)]

    with pytest.raises(DescriptionError) as caught:
        compiled(text)

    (fault,) = caught.value.faults
    assert fault.code == "SPEC004"
    assert fault.message.endswith("— did you mean '#/components/schemas/SearchPage'?")
    assert fault.mark.line == before.count("\n") + 1
    assert fault.mark.column == len(before) - before.rindex("\n")
