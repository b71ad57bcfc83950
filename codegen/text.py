"""Bytes read as the text of a description."""

from codegen.fault import DescriptionError, Fault, Mark


def decode(content: bytes, source: str) -> str:
    """Return UTF-8 text without its byte order mark; raise `DescriptionError` where it is none."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.rpartition(b"\n")[2].decode(errors="replace")
        mark = Mark(before.count(b"\n") + 1, len(line) + 1)
        message = f"byte 0x{content[error.start]:02x} is no UTF-8"
        raise DescriptionError(source, [Fault(mark, "SPEC001", message, "")]) from error
