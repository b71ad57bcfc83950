"""An upstream body read whole, within bounds, or not at all."""

import zlib
from collections.abc import AsyncIterator

from discogs_proxy.errors import AttemptFailed, UpstreamError

LARGEST = 8 * 1024 * 1024
"""Bytes after decompression. The largest Discogs body recorded has under half a million."""


async def read(chunks: AsyncIterator[bytes], encoding: str, largest: int = LARGEST) -> bytes:
    """Collect raw chunks, decompressed where the encoding says so.

    Raise `UpstreamError` when there is too much or the encoding was not asked for, and
    `AttemptFailed` when the compressed data is cut or corrupt.
    """
    if encoding not in {"", "identity", "gzip"}:
        raise UpstreamError("bad_encoding", "Discogs sent an encoding that was not asked for.")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding == "gzip" else None
    body = bytearray()
    begun = False
    async for chunk in chunks:
        begun = begun or chunk != b""
        data = chunk if inflate is None else _inflated(inflate, chunk, largest + 1 - len(body))
        body += data
        if len(body) > largest:
            raise UpstreamError("too_large", f"Discogs sent more than {largest} bytes.")
    if inflate is not None and begun and not inflate.eof:
        raise AttemptFailed("TruncatedBody")
    return bytes(body)


def _inflated(inflate: "zlib._Decompress", chunk: bytes, room: int) -> bytes:
    """Decompress a chunk, but never to more than the room left, so that no bomb can go off."""
    try:
        data = inflate.decompress(inflate.unconsumed_tail + chunk, room)
    except zlib.error as error:
        raise AttemptFailed("CorruptBody") from error
    if inflate.unused_data:
        raise AttemptFailed("CorruptBody")
    return data
