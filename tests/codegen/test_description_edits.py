"""An edit of the shipped description changes what it is about, and nothing else."""

import difflib
import json

import pytest

from codegen.fault import DescriptionError
from codegen.summary import summary
from tests.compiled import compiled

_PLANT = """\
  /pressing-plants/{plant_id}:
    get:
      operationId: getPlant
      tags: [Database]
      summary: Read one pressing plant.
      x-proxy-agent: {withheld: "There is none."}
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


def _told(before, after):
    """Return what the command says of it to callers."""
    return summary(before["contract.json"], after["contract.json"]).splitlines()


def test_an_operation_more_is_a_route_an_operation_a_model_and_a_row_more(shipped, before):
    after = _build(_replace(shipped, "\ncomponents:\n", f"\n{_PLANT}"))
    changes = _changes(before, after)
    contract = changes.pop("contract.json")
    manifest = changes.pop("manifest.json")

    assert _starting(manifest, '      "why": "There is none."') == 1
    assert sorted(changes) == ["operations.md", "operations.py", "parameters.py", "routes.py"]
    assert not [line for lines in changes.values() for line in lines if line.startswith("-")]
    assert changes["operations.md"] == [
        "+ | `getPlant` | `GET /pressing-plants/{plant_id}` | key |  |  |  |"
        " Read one pressing plant. |",
        "+ | `getPlant` | There is none. |",
    ]
    assert _starting(changes["routes.py"], "    async def ") == 1
    assert _starting(changes["routes.py"], "    @routes.function_name(") == 1
    assert _starting(changes["operations.py"], "GET_PLANT = Operation(") == 1
    assert _starting(changes["operations.py"], "    GET_PLANT,") == 1
    assert _starting(changes["parameters.py"], "class GetPlantParameters(Sent):") == 1
    assert _starting(changes["parameters.py"], "class ") == 1
    assert _starting(contract, '    "getPlant": {') == _starting(contract, '      "method": ') == 1
    assert _told(before, after) == [
        "For callers: operations 1 added, 0 removed, 0 changed; 0 changes may break them.",
        "  added    getPlant: GET /pressing-plants/{plant_id}",
    ]


def test_an_operation_less_breaks_who_calls_it(shipped, before):
    more = _build(_replace(shipped, "\ncomponents:\n", f"\n{_PLANT}"))

    assert _told(more, before) == [
        "For callers: operations 0 added, 1 removed, 0 changed; 1 change may break them.",
        "  removed  getPlant: GET /pressing-plants/{plant_id} (breaks callers)",
    ]


def _starting(lines, beginning):
    return sum(line.removeprefix("+ ").startswith(beginning) for line in lines)


def test_a_renamed_parameter_changes_where_it_is_named_alone(shipped, before):
    renamed = _replace(shipped, "- name: style\n", "- name: manner\n", after=_SEARCH)
    renamed = _replace(renamed, "          - style: {", "          - manner: {", after=_SEARCH)

    after = _build(renamed)

    assert _changes(before, after) == {
        "contract.json": [
            '-             "name": "style",',
            '+             "name": "manner",',
            '-           "name": "style",',
            '+           "name": "manner",',
        ],
        "agent_operations.py": [
            '-             Parameter(name="style", place="query", kind="string"),',
            '+             Parameter(name="manner", place="query", kind="string"),',
        ],
        "operations.py": [
            '-         Parameter(name="style", place="query", kind="string"),',
            '+         Parameter(name="manner", place="query", kind="string"),',
        ],
        **{
            name: [
                "-     style: str | MISSING = MISSING",
                "+     manner: str | MISSING = MISSING",
            ]
            for name in ("agent_parameters.py", "parameters.py")
        },
        "openapi.json": ['-             "name": "style",', '+             "name": "manner",'],
    }
    assert _told(before, after) == [
        "For callers: operations 0 added, 0 removed, 1 changed; 1 change may break them.",
        "  changed  search: parameter manner is new",
        "  changed  search: parameter style is gone (breaks callers)",
    ]


def test_a_query_parameter_more_stays_with_programs_until_agents_are_offered_it(shipped, before):
    text = _replace(shipped, "        - name: track\n", _MATRIX, after=_SEARCH)

    after = _build(text)
    changes = _changes(before, after)
    contract = changes.pop("contract.json")

    assert not [line for line in contract if line.startswith("-")]
    assert _starting(contract, '          "name": "matrix",') == 1
    assert changes == {
        "operations.py": ['+         Parameter(name="matrix", place="query", kind="string"),'],
        "parameters.py": ["+     matrix: str | MISSING = MISSING"],
    }
    assert _told(before, after) == [
        "For callers: operations 0 added, 0 removed, 1 changed; 0 changes may break them.",
        "  changed  search: parameter matrix is new",
    ]


def test_a_query_parameter_offered_to_agents_is_in_the_action_spec(shipped, before):
    text = _replace(shipped, "        - name: track\n", _MATRIX, after=_SEARCH)
    text = _replace(
        text, "          - page\n", "          - matrix\n          - page\n", after=_SEARCH
    )

    after = _build(text)

    assert sorted(_changes(before, after)) == [
        "agent_operations.py",
        "agent_parameters.py",
        "contract.json",
        "openapi.json",
        "operations.py",
        "parameters.py",
    ]
    offered = json.loads(after["openapi.json"])["paths"]["/database/search"]["get"]["parameters"]
    assert [parameter for parameter in offered if parameter["name"] == "matrix"] == [
        {
            "name": "matrix",
            "in": "query",
            "description": "Text in the runout.",
            "schema": {"type": "string"},
        }
    ]


def test_a_summary_is_a_docstring_a_cell_and_a_line_of_the_action_spec(shipped, before):
    text = _replace(shipped, "Read one artist.\n", "Read an artist.\n", after=_ARTIST)

    after = _build(text)
    changes = _changes(before, after)

    cells = [row.split(" | ")[-1] for row in changes.pop("operations.md")]
    assert cells == ["Read one artist. |", "Read an artist. |"]
    assert changes == {
        "routes.py": [
            '-         """Read one artist."""',
            '+         """Read an artist."""',
        ]
        * 2,
        "openapi.json": [
            '-         "summary": "Read one artist.",',
            '+         "summary": "Read an artist.",',
        ],
    }
    assert _told(before, after) == ["For callers nothing changed."]


def test_an_answer_that_may_be_null_is_told_once_for_all_that_lead_to_it(shipped, before):
    schema = "        title: {type: string}\n"
    nullable = '        title: {type: [string, "null"]}\n'
    after = _build(_replace(shipped, schema, nullable, after="    Track:\n"))

    counted, told = _told(before, after)

    assert counted.endswith("; 1 change may break them.")
    assert "getRelease" in told
    assert told.endswith(": answer 200 Track.title may be null now (breaks callers)")


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
