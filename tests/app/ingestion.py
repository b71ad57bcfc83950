"""Application Insights in small: takes what it is sent, or never answers."""

import gzip
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

KEY = "0000aaaa-1111-2222-3333-444455556666"


class Ingestion:
    """A server on this machine; it takes telemetry, or keeps whoever sends some waiting."""

    def __init__(self, *, is_silent: bool = False) -> None:
        self.taken = b""
        self.asked = Event()
        self.ended = Event()
        self._is_silent = is_silent
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def connection_string(self) -> str:
        return f"InstrumentationKey={KEY};IngestionEndpoint={self.address}/"

    def __enter__(self) -> "Ingestion":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    def items(self, kind: str) -> list[dict[str, Any]]:
        """Return what was taken of a kind, such as RequestData."""
        batches = [json.loads(batch) for batch in self.taken.split(b"\0") if batch]
        items = [item for batch in batches for item in batch]
        return [item for item in items if item["data"]["baseType"] == kind]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        ingestion = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                ingestion.asked.set()
                if ingestion._is_silent:
                    ingestion.ended.wait()
                    return
                if self.headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                ingestion.taken += body + b"\0"
                count = len(json.loads(body))
                answer = json.dumps(
                    {"itemsReceived": count, "itemsAccepted": count, "errors": []}
                ).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
