"""What may only follow from another fault and is not worth a line until that is mended."""

from collections.abc import Iterable, Iterator

from codegen.document import parent
from codegen.fault import Fault

_FRAME, _RESPONSE = 4, 6  # tokens of /paths/{path}/{method} and of …/responses/{status}


def independent(faults: Iterable[Fault], causes: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the faults that lie in no operation, response or component with a cause in it."""
    frames = frozenset(filter(None, map(_frame, causes)))
    for fault in faults:
        if not any(f"{fault.pointer}/".startswith(f"{frame}/") for frame in frames):
            yield fault


def _frame(fault: Fault) -> str:
    tokens = parent(fault.pointer).split("/")
    if len(tokens) >= _RESPONSE and tokens[4] == "responses":
        return "/".join(tokens[:_RESPONSE])
    return "/".join(tokens[:_FRAME]) if len(tokens) >= _FRAME else ""
