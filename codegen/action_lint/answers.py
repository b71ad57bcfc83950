"""What calls are answered: described, in JSON, and never too long."""

from collections.abc import Iterator
from math import inf

from codegen.action_lint.finding import ERROR, WARNING, Problem, Rule
from codegen.action_lint.size import most_characters
from codegen.action_lint.spec import Response, Spec, types
from codegen.document import join, mapping
from codegen.paths import Found, Place

_TOO_LONG = 100_000
_DECLARED = "x-max-chars"
_SIZES = frozenset(
    """count limit maxitems maxresults pagelimit pagesize perpage size""".split()  # noqa: SIM905
)


def _described(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        responses = list(spec.responses(at))
        for response in responses:
            text = response.node.get("description")
            if not isinstance(text, str) or not text.strip():
                yield Problem(response.pointer, f"the {response.status} has no description; add it")
        if not any(response.is_success and response.json for response in responses):
            message = f"{at} has no 2xx answer with a schema of application/json; add one"
            yield Problem(join(at.pointer, "responses"), message)


def _errors(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        told = {each.status.upper() for each in spec.responses(at) if _is_object(spec, each)}
        place = join(at.pointer, "responses")
        if not any(status[0] == "4" or status == "DEFAULT" for status in told):
            message = f"{at} says of no 4xx what a model gets to read; describe a JSON object"
            yield Problem(place, message)
        elif not told & {"429", "4XX", "DEFAULT"}:
            message = f"{at} does not say what a 429 holds; describe a JSON object"
            yield Problem(place, message)


def _is_object(spec: Spec, response: Response) -> bool:
    schema = response.json
    return schema is not None and "object" in types(spec.target(schema).node)


def _bounded(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        for response in spec.responses(at):
            if response.is_success and response.json:
                yield from _length(spec, response)
        yield from _pages(spec, at)


def _length(spec: Spec, response: Response) -> Iterator[Problem]:
    place = response.pointer
    most = _declared(response)
    if most is None and response.json is not None:
        most = most_characters(spec, response.json)
    if most == inf:
        message = (
            f"nothing bounds this answer; give its texts a maxLength and its lists maxItems, "
            f"or say {_DECLARED}, as the server keeps it"
        )
        yield Problem(place, message)
    elif most is not None and most >= _TOO_LONG:
        message = f"this answer may have {most:,.0f} characters, and fails from {_TOO_LONG:,} on"
        yield Problem(place, message)


def _declared(response: Response) -> float | None:
    schema = response.json
    media = mapping(mapping(response.node.get("content")).get("application/json"))
    for holder in (response.node, media, schema.node if schema else {}):
        most = holder.get(_DECLARED)
        if isinstance(most, int) and not isinstance(most, bool):
            return most
    return None


def _pages(spec: Spec, at: Place) -> Iterator[Problem]:
    for found in spec.parameters(at):
        schema = mapping(found.node.get("schema"))
        missing = [key for key in ("maximum", "default") if key not in schema]
        if _is_size(found) and "integer" in types(schema) and missing:
            message = f"'{found.name}' sets the size of a page; give it a {' and a '.join(missing)}"
            yield Problem(found.used, message)


def _is_size(found: Found) -> bool:
    return found.name.lower().replace("_", "").replace("-", "") in _SIZES


RULES = (
    Rule(
        "GA025",
        ERROR,
        "every answer has a description, and a 2xx a schema of application/json",
        _described,
    ),
    Rule("GA026", WARNING, "4xx and 429 are described as JSON objects", _errors),
    Rule(
        "GA027",
        ERROR,
        "every 2xx answer is bounded below 100,000 characters; sizes of pages have a maximum and "
        "a default",
        _bounded,
    ),
)
