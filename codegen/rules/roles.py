"""Whom an operation takes, beyond whoever has the key."""

from collections.abc import Iterator

from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean
from codegen.paths import Place, operations

# The upstream's account: any whose token the proxy holds, or the owner of what the path names.
_ROLES = ("account", "owner")


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each `security` that asks for no role, or one that nobody has."""
    schemes: set[str] = set()
    for index, requirement in enumerate(_listed(document.root.get("security"))):
        for scheme, roles in mapping(requirement).items():
            schemes.add(scheme)
            if roles:
                message = "a role is an operation's to ask for, not the whole description's"
                yield document.fault("SPEC017", message, join("/security", index, scheme))
    for at in operations(document):
        if "security" in at.node:
            yield from _security(document, at, schemes)


def _security(document: Document, at: Place, schemes: set[str]) -> Iterator[Fault]:
    place = join(at.pointer, "security")
    requirements = _listed(at.node["security"])
    if len(requirements) != 1 or len(mapping(requirements[0])) != 1:
        message = "an operation names one scheme and one role, such as `[{clientKey: [owner]}]`"
        yield document.fault("SPEC017", message, place, at_key=True)
        return
    ((scheme, roles),) = mapping(requirements[0]).items()
    if scheme not in schemes:
        hint = did_you_mean(scheme, schemes)
        message = f"the description's own security has no scheme '{scheme}'{hint}"
        yield document.fault("SPEC017", message, join(place, 0, scheme), at_key=True)
    if not isinstance(roles, list) or len(roles) != 1:
        message = "one role is named here; leave `security` out where the key is enough"
        yield document.fault("SPEC017", message, join(place, 0, scheme))
    elif roles[0] not in _ROLES:
        message = f"'{roles[0]}' is no role: {' or '.join(_ROLES)}"
        message += did_you_mean(str(roles[0]), _ROLES)
        yield document.fault("SPEC017", message, join(place, 0, scheme, 0))
    elif roles[0] == "owner" and "{" not in at.path:
        message = f"'{at.path}' names nothing that somebody owns; 'account' is the role for it"
        yield document.fault("SPEC017", message, join(place, 0, scheme, 0))


def _listed(node: object) -> list[object]:
    return node if isinstance(node, list) else []
