"""Questions asked over connections that stay open, by a client that costs next to nothing."""

import selectors
import socket
from collections.abc import Iterator
from dataclasses import dataclass

_BUFFER = 1 << 20
_HEAD = 2048
_END = b"\r\n\r\n"
_LENGTH = b"content-length: "
_PATIENCE_SECONDS = 10.0


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    missing: int = 0
    """Bytes of the answer that are still to come; 0: its head is."""


def get(target: str, **headers: str) -> bytes:
    """Return a request; `x_y=` adds the header x-y."""
    lines = [f"GET {target} HTTP/1.1", "host: bench"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join((*lines, "", "")).encode()


def ask(port: int, requests: Iterator[bytes], connections: int) -> int:
    """Send the requests over so many connections, each the next one after its answer.

    Return how many were answered, all of them with a 200.
    """
    buffer = memoryview(bytearray(_BUFFER))
    answered = 0
    with selectors.EpollSelector() as selector:
        for request in _first(requests, connections):
            connection = _connect(port)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.socket.sendall(request)
        while selector.get_map():
            ready = selector.select(_PATIENCE_SECONDS)
            if not ready:
                raise TimeoutError("no answer came")
            for key, _ in ready:
                if not _has_answer(key.data, buffer):
                    continue
                answered += 1
                request = next(requests, b"")
                if request:
                    key.data.socket.sendall(request)
                else:
                    selector.unregister(key.data.socket)
                    key.data.socket.close()
    return answered


def _first(requests: Iterator[bytes], count: int) -> Iterator[bytes]:
    for _, request in zip(range(count), requests, strict=False):
        yield request


def _connect(port: int) -> _Connection:
    connected = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _Connection(connected)


def _has_answer(connection: _Connection, buffer: memoryview) -> bool:
    count = connection.socket.recv_into(buffer)
    if not count:
        raise ConnectionError("the server closed a connection that was to stay open")
    if not connection.missing:
        connection.missing = _size(bytes(buffer[:_HEAD]))
    connection.missing -= count
    return not connection.missing


def _size(start: bytes) -> int:
    """Return how long an answer is, head and body."""
    head, end, _ = start.partition(_END)
    if not end or not head.startswith(b"HTTP/1.1 200 "):
        raise ConnectionError(f"an answer began with {start[:40]!r}")
    length = head.lower().partition(_LENGTH)[2].split(b"\r\n")[0]
    return len(head) + len(end) + int(length)
