"""The one way in: `security` names a scheme that is there."""

from collections.abc import Iterator

from codegen.document import Document, join, mapping
from codegen.fault import Fault, did_you_mean


def check(document: Document) -> Iterator[Fault]:
    """Yield a fault for each scheme of `security` that is unknown, or one too many."""
    requirements = document.root.get("security")
    known = mapping(mapping(document.root.get("components")).get("securitySchemes"))
    first: str | None = None
    for index, requirement in enumerate(requirements if isinstance(requirements, list) else []):
        for name in mapping(requirement):
            place = join("/security", index, name)
            first = first or name
            if name not in known:
                message = f"no security scheme '{name}'{did_you_mean(name, known)}"
                yield document.fault("SPEC004", message, place, at_key=True)
            elif name != first:
                message = f"agents know one security scheme, and '{first}' is it already"
                yield document.fault("SPEC014", message, place, at_key=True)
