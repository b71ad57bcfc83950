"""What stands before a deployed app: some calls never get to it, and are answered with a page."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

PAGE = b"<!DOCTYPE html><title>Bad Request</title><h2>Bad Request - Invalid URL</h2>"
FORBIDDEN = ("%00", "%2f", "%5c", "..", "\\", "//")
_LONGEST = 4096
_HOP = {"connection", "transfer-encoding", "content-length", "content-encoding", "host", "date"}


class FrontEnd(BaseHTTPRequestHandler):
    """Pass on what is a clean GET or HEAD; keep what was asked."""

    protocol_version = "HTTP/1.1"
    origin: str
    asked: list[tuple[str, str]]
    client: httpx.Client

    def do_GET(self) -> None:
        self.asked.append((self.command, self.path))
        path = self.path.partition("?")[0].lower()
        is_odd = any(part in path for part in FORBIDDEN) or "\x00" in str(self.headers)
        if len(self.path) > _LONGEST or is_odd:
            self._send(400, {"content-type": "text/html"}, PAGE)
            return
        headers = {name: self.headers[name] for name in self.headers if name.lower() not in _HOP}
        url = httpx.URL(self.origin).copy_with(raw_path=self.path.encode("ascii"))
        answer = self.client.request(self.command, url, headers=headers)
        self._send(answer.status_code, dict(answer.headers), answer.content)

    def refuse(self) -> None:
        """Answer a verb without passing it on."""
        self.asked.append((self.command, self.path))
        self._send(405, {"content-type": "text/html"}, PAGE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in _HOP:
                self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


FrontEnd.do_HEAD = FrontEnd.do_GET
for _verb in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
    setattr(FrontEnd, f"do_{_verb}", FrontEnd.refuse)


@contextmanager
def front_end(origin: str):
    """Stand before an origin; give the address and what is asked there."""
    client = httpx.Client(trust_env=False)
    handler = type("Handler", (FrontEnd,), {"origin": origin, "asked": [], "client": client})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        client.close()
