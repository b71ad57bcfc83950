"""What is kept of answers, for how long, and what makes it out of date."""

from collections.abc import Iterator

from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.paths import Place, operations

_KEY = "x-proxy-cache"
_LONGEST = 6 * 60 * 60  # seconds; what the upstream's terms of use allow


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each thing kept or made out of date that cannot be."""
    by_id = {str(at.node.get("operationId")): at for at in operations(document)}
    for at in operations(document):
        said = mapping(at.node.get(_KEY))
        if "ttl" in said and at.method != "get":
            message = f"{at} changes things; only answers to a GET are kept"
            yield document.fault("SPEC008", message, join(at.pointer, _KEY, "ttl"), at_key=True)
        elif isinstance(said.get("ttl"), int) and said["ttl"] > _LONGEST:
            message = f"the upstream's terms let nothing be kept for over six hours ({_LONGEST})"
            yield document.fault("SPEC008", message, join(at.pointer, _KEY, "ttl"))
        if "invalidates" in said and at.method == "get":
            message = f"{at} changes nothing, so nothing is out of date after it"
            place = join(at.pointer, _KEY, "invalidates")
            yield document.fault("SPEC008", message, place, at_key=True)
        elif isinstance(said.get("invalidates"), list):
            yield from _targets(document, at, said["invalidates"], by_id)


def _targets(
    document: Document, at: Place, names: list[object], by_id: dict[str, Place]
) -> Iterator[Fault]:
    for index, name in enumerate(map(str, names)):
        if name not in by_id:
            message = f"no operationId '{name}'{did_you_mean(name, by_id)}"
        elif by_id[name].node.get(_KEY) == "never":
            message = f"'{name}' is never kept, so it cannot be out of date"
        elif "ttl" not in mapping(by_id[name].node.get(_KEY)):
            message = f"'{name}' has no ttl, so nothing of it is kept"
        elif name in names[:index]:
            message = f"'{name}' is named here already"
        else:
            continue
        place = join(at.pointer, _KEY, "invalidates", index)
        yield document.fault("SPEC008", message, place)
