"""Code for one view, written out property by property and compiled once, as dataclasses do it.

A loop over the properties would cost as much again as what is done to them. Names and texts of a
view come from the description, never from an answer, and stand in the code as literals.
"""

from collections.abc import Iterable, Iterator, Mapping

from discogs_proxy.field_reader import Read, Reader


def shown_object(readers: Mapping[str, Reader]) -> Read:
    """Return what shows an object: what each reader gives of its property, unless it is None."""
    lines = ["shown = {}"]
    for number, (name, reader) in enumerate(readers.items()):
        keep = [f"shown[{name!r}] = value"]
        lines += [f"value = found.get({name!r})", *branches(reader, number, keep, keep, ["pass"])]
    return compiled([*lines, "return shown or None"], readers.values(), {})


def branches(
    reader: Reader, number: int, plain: list[str], read: list[str], nothing: list[str]
) -> Iterator[str]:
    """Yield what is done with `value`: when it is plain, when it has to be read, when neither."""
    word = "if"
    if reader.kind is not None:
        test = f"type(value) is {reader.kind.__name__}"
        if reader.kind is str:
            test += f" and 0 < len(value) <= {reader.longest} and value.isprintable()"
        yield f"if {test}:"
        if reader.noise is None:
            yield from indented(plain)
        else:
            yield f" if value in noise{number}:"
            yield from indented(indented(nothing))
            yield " else:"
            yield from indented(indented(plain))
        word = "elif"
    yield f"{word} value is not None and (value := read{number}(value, surprises)) is not None:"
    yield from indented(read)
    yield "else:"
    yield from indented(nothing)


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Return lines one step further in."""
    return (f" {line}" for line in lines)


def compiled(lines: Iterable[str], readers: Iterable[Reader], names: Mapping[str, object]) -> Read:
    """Compile the lines of a function of `found` and `surprises`, with what they name."""
    scope = dict(names)
    for number, reader in enumerate(readers):
        scope |= {f"read{number}": reader.read, f"noise{number}": reader.noise}
    code = "\n".join(["def show(found, surprises):", *indented(lines)])
    exec(code, scope)  # noqa: S102 - made of our own views
    show: Read = scope["show"]  # type: ignore[assignment]
    return show
