"""Media types that ChatGPT neither sends nor takes."""

_PARTS = ("multipart/", "image/", "video/", "audio/", "font/")
_WHOLE = (
    "application/gzip",
    "application/octet-stream",
    "application/pdf",
    "application/x-www-form-urlencoded",
    "application/zip",
)


def is_binary(media_type: str) -> bool:
    """Tell whether something of this type is a form, or no text."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind.startswith(_PARTS) or kind in _WHOLE
