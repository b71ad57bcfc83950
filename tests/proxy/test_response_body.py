"""Claim which bodies are read whole, and that none is read beyond its bound."""

import gzip
import tracemalloc
import zlib

import pytest

from discogs_api.operations import GET_ARTIST
from discogs_proxy import response_body
from discogs_proxy.errors import AttemptFailed, UpstreamError
from tests.proxy.support.rig import envelope, proxy
from tests.proxy.support.upstream import Reply, reply
from tests.proxy.support.virtual_time import run

_TEXT = b'{"id": 1, "name": "' + b"x" * 5000 + b'"}'
_ZIPPED = gzip.compress(_TEXT, mtime=0)


def read(*chunks, encoding="gzip", largest=10_000):
    async def source():
        for chunk in chunks:
            yield chunk

    return run(response_body.read(source(), encoding, largest))


@pytest.mark.parametrize("encoding", ["", "identity"])
def test_a_plain_body_is_its_chunks(encoding):
    assert read(b"ab", b"", b"cd", encoding=encoding) == b"abcd"


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
def test_gzip_is_read_whatever_its_chunks(size):
    chunks = [_ZIPPED[i : i + size] for i in range(0, len(_ZIPPED), size)]

    assert read(*chunks) == _TEXT


def test_an_empty_body_is_empty_in_any_encoding():
    assert read(encoding="") == b""
    assert read(encoding="gzip") == b""
    assert read(b"", encoding="gzip") == b""


def test_gzip_of_nothing_is_empty():
    assert read(gzip.compress(b"")) == b""


@pytest.mark.parametrize("length", [1, 5, 10, 12, len(_ZIPPED) // 2, len(_ZIPPED) - 1])
def test_cut_gzip_is_a_failed_attempt(length):
    with pytest.raises(AttemptFailed, match="TruncatedBody"):
        read(_ZIPPED[:length])


@pytest.mark.parametrize(
    "data",
    [
        _TEXT,
        b"\x1f\x8b" + b"\xff" * 50,
        _ZIPPED[:-8] + b"\x00" * 8,
        _ZIPPED[:20] + bytes([_ZIPPED[20] ^ 0xFF]) + _ZIPPED[21:],
        zlib.compress(_TEXT),
        _ZIPPED + _ZIPPED,
        _ZIPPED + b"\x00" * 8,
    ],
    ids=["plain", "junk", "checksum", "flipped", "zlib", "two members", "padding"],
)
def test_what_is_no_single_gzip_stream_is_a_failed_attempt(data):
    with pytest.raises(AttemptFailed, match="CorruptBody"):
        read(data)


def test_a_second_member_in_its_own_chunk_is_a_failed_attempt():
    with pytest.raises(AttemptFailed, match="CorruptBody"):
        read(_ZIPPED, _ZIPPED)


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "compress", "gzip, gzip", "junk"])
def test_an_encoding_that_was_not_asked_for_is_refused_unread(encoding):
    with pytest.raises(UpstreamError) as refusal:
        read(_ZIPPED, encoding=encoding)

    assert refusal.value.reason == "bad_encoding"


def test_a_body_of_the_largest_size_passes():
    text = b"x" * 10_000

    assert read(text, encoding="") == text
    assert read(gzip.compress(text)) == text


def test_one_byte_more_is_refused():
    text = b"x" * 10_001

    for chunk, encoding in ((text, ""), (gzip.compress(text), "gzip")):
        with pytest.raises(UpstreamError) as refusal:
            read(chunk, encoding=encoding)
        assert refusal.value.reason == "too_large"


def test_an_endless_body_is_left_at_its_bound():
    taken = []

    async def endless():
        while True:
            taken.append(1)
            yield b"x" * 1000

    with pytest.raises(UpstreamError):
        run(response_body.read(endless(), "", 10_000))

    assert len(taken) == 11


def test_a_bomb_never_goes_off():
    bomb = gzip.compress(b"\x00" * 200_000_000, compresslevel=9)
    largest = 1_000_000

    tracemalloc.start()
    with pytest.raises(UpstreamError) as refusal:
        read(bomb, largest=largest)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refusal.value.reason == "too_large"
    assert peak < 6 * largest


def test_a_bomb_within_a_bomb_is_refused_by_its_encoding():
    double = gzip.compress(gzip.compress(b"\x00" * 1_000_000))
    rig = proxy(reply(double, content_encoding="gzip, gzip"))

    answer = rig.ask(GET_ARTIST)

    assert (answer.status, envelope(answer)["reason"]) == (502, "bad_encoding")
    assert len(rig.upstream.requests) == 1


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", " gzip "])
def test_a_caller_gets_a_compressed_body_plain(encoding):
    answer = proxy(reply(_ZIPPED, content_encoding=encoding)).ask(GET_ARTIST)

    assert (answer.status, answer.body) == (200, _TEXT)
    assert answer.header("content-encoding") is None


def test_a_body_that_broke_off_is_asked_for_again():
    cut = reply(_ZIPPED[:12], content_encoding="gzip")
    rig = proxy(cut, cut, reply(_ZIPPED, content_encoding="gzip"))

    answer = rig.ask(GET_ARTIST)

    assert (answer.status, answer.body) == (200, _TEXT)
    assert len(rig.upstream.requests) == 3


def test_a_body_that_keeps_breaking_off_is_no_answer():
    rig = proxy(reply(_ZIPPED[:-1], content_encoding="gzip"))

    answer = rig.ask(GET_ARTIST)

    assert (answer.status, envelope(answer)["reason"]) == (502, "unreachable")
    assert len(rig.upstream.requests) == 3


def test_a_body_that_is_too_large_is_asked_for_once():
    rig = proxy(Reply(chunks=(b" " * 1024 * 1024,) * 9))

    answer = rig.ask(GET_ARTIST)

    assert (answer.status, envelope(answer)["reason"]) == (502, "too_large")
    assert len(rig.upstream.requests) == 1
