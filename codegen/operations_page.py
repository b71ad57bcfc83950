"""The page for people that lists every operation."""

from collections.abc import Iterator

from codegen.ir import Agent, Api, Cache, Operation
from codegen.markdown import code, prose, row
from codegen.output import MARK

_COLUMNS = ("operation", "call", "needs", "cached", "writes", "GPT Action", "in a sentence")
_LEGEND = """\
- needs: always a client *key*; *account*: the proxy's own token has to be a user's, too; *owner*:
  that user has to own what the path names.
- cached: for how long an answer may be given again, where it may; *never*: it holds personal data,
  which nobody may keep.
- writes: the call changes something; *repeatable*: no more when it is sent twice.
- GPT Action: offered to agents; *asks*: their user is asked before each call."""
_UNITS = ((3600, "h"), (60, "min"), (1, "s"))


def render_operations_page(api: Api) -> str:
    """Render one table for each tag, in the order of the description."""
    tags = dict.fromkeys(operation.tag for operation in api.operations)
    sections = [[o for o in api.operations if o.tag == tag] for tag in tags]
    lines = [
        f"<!-- {MARK} from {api.source}. Do not edit. -->",
        "",
        "# Operations",
        "",
        "What callers can ask for, by subject, in the order of the description.",
        "",
        _LEGEND,
        *(line for section in sections for line in _section(section)),
    ]
    return "\n".join(lines) + "\n"


def _section(operations: list[Operation]) -> Iterator[str]:
    yield from ("", f"## {prose(operations[0].tag)}", "")
    yield row(*_COLUMNS)
    yield row(*("---" for _ in _COLUMNS))
    for operation in operations:
        yield row(*_cells(operation))


def _cells(operation: Operation) -> Iterator[str]:
    yield code(operation.operation_id)
    yield code(f"{operation.method} {operation.path}")
    yield operation.needs
    yield _cached(operation.cache)
    yield _writes(operation)
    yield _offered(operation.agent)
    yield prose(operation.summary)


def _cached(cache: Cache) -> str:
    if cache.is_never:
        return "never"
    if cache.ttl is None:
        return ""
    return next(f"{cache.ttl // size} {unit}" for size, unit in _UNITS if cache.ttl % size == 0)


def _writes(operation: Operation) -> str:
    if operation.method == "GET":
        return ""
    return "repeatable" if operation.is_idempotent else "yes"


def _offered(agent: Agent | None) -> str:
    if agent is None:
        return ""
    return "asks" if agent.is_consequential else "yes"
