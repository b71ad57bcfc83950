"""The page for people that lists every operation."""

from collections.abc import Iterator

from codegen.agent import Agent
from codegen.ir import Api, Cache, Operation
from codegen.markdown import code, prose, row
from codegen.output import MARK

_COLUMNS = ("operation", "call", "needs", "cached", "writes", "GPT Action", "in a sentence")
_LEGEND = """\
- needs: always a client *key*; *account*: the proxy's own token has to be a user's, too; *owner*:
  that user has to own what the path names.
- cached: for how long an answer may be given again, where it may; *never*: it holds personal data,
  which nobody may keep.
- writes: the call changes something; *repeatable*: no more when it is sent twice.
- GPT Action: offered to agents; *asks*: their user is asked before each call. What they get and
  what not, and why, stands below."""
_OFFERED = ("operation", "tighter", "include", "what a model reads")
_WITHHELD = ("operation", "why")
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
        *_for_agents(api),
        *_withheld(api),
    ]
    return "\n".join(lines) + "\n"


def _section(operations: list[Operation]) -> Iterator[str]:
    yield from ("", f"## {prose(operations[0].tag)}", "")
    yield row(*_COLUMNS)
    yield row(*("---" for _ in _COLUMNS))
    for operation in operations:
        yield row(*_cells(operation))


def _for_agents(api: Api) -> Iterator[str]:
    """Yield the table of what is offered to agents, if anything is."""
    if api.offered:
        yield from ("", "## For agents", "", row(*_OFFERED), row(*("---" for _ in _OFFERED)))
    for operation, agent in api.offered:
        include = ", ".join(map(code, (*agent.groups, "all"))) if agent.includes else ""
        yield row(
            code(operation.operation_id),
            ", ".join(map(prose, _tighter(operation, agent))),
            include,
            prose(agent.description),
        )


def _tighter(operation: Operation, agent: Agent) -> Iterator[str]:
    """Yield the limits that are tighter for agents, and the defaults that go out for them."""
    taken = {parameter.name: parameter.schema for parameter in operation.parameters}
    defaults = dict(agent.defaults)
    for parameter in agent.parameters:
        own = taken.get(parameter.name, parameter.schema)
        most = parameter.schema.get("maximum")
        if most != own.get("maximum"):
            yield f"{parameter.name} ≤ {most}"
        if parameter.name in defaults:
            yield f"{parameter.name} {defaults[parameter.name]} unless sent"


def _withheld(api: Api) -> Iterator[str]:
    """Yield the table of what agents do not get, if reasons are given."""
    withheld = [operation for operation in api.operations if operation.withheld]
    if withheld:
        yield from ("", "## Not for agents", "", row(*_WITHHELD), row(*("---" for _ in _WITHHELD)))
    for operation in withheld:
        yield row(code(operation.operation_id), prose(operation.withheld or ""))


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
