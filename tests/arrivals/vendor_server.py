"""A real HTTP server on this machine that behaves like the documented interfaces of intervals.icu
and Polar AccessLink, with every trouble the network has.
"""

import base64
import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY, TOKEN = "intervals-key-1f9c", "polar-token-77ab"
CLIENT, SECRET, CODE = "client-one", "client-secret-55", "code-once"


@dataclass
class Vendor:
    """What the server holds and what it was asked; `troubles` are answers given first."""

    activities: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    wellness: list[dict[str, Any]] = field(default_factory=list)
    exercises: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    troubles: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    lost: frozenset[str] = frozenset()
    skew: timedelta = timedelta(0)
    key: str = KEY
    codes: list[str] = field(default_factory=lambda: [CODE])
    address: str = ""

    def asked_for(self, part: str) -> list[str]:
        """The questions with this in their address."""
        return [one for one in self.asked if part in one]


@contextmanager
def vendor_server() -> Iterator[Vendor]:
    """The server while it is up."""
    vendor = Vendor()

    class Handler(Answers):
        held = vendor

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    vendor.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield vendor
    finally:
        server.shutdown()
        server.server_close()


class Answers(BaseHTTPRequestHandler):
    """One question and its answer."""

    held: Vendor
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The server's clock."""
        return format_datetime(datetime.now(UTC) + self.held.skew, usegmt=True)

    def do_GET(self) -> None:
        """A list or a file."""
        self.held.asked.append(self.path)
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self.held.troubles:
            self._trouble(*self.held.troubles.pop(0))
        elif parts.path.startswith("/api/v1/") and not self._has_key():
            self._send(403, b'{"status":403,"error":"Access denied"}')
        elif parts.path.startswith("/v3/") and not self._has_token():
            self._send(401, b"")
        else:
            self._content(parts.path, query)

    def do_POST(self) -> None:
        """A token for a code, which works once, and the user."""
        self.held.asked.append(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/v3/users":
            self._send(409 if self._has_token() else 401, b"")
            return
        wanted = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        code = parse_qs(body).get("code", [""])[0]
        if self.headers.get("Authorization") != f"Basic {wanted}" or code not in self.held.codes:
            self._send(400, b'{"error":"invalid_grant"}')
            return
        self.held.codes.remove(code)
        self._json({"access_token": TOKEN, "token_type": "bearer", "x_user_id": 1})

    def _has_key(self) -> bool:
        wanted = base64.b64encode(f"API_KEY:{self.held.key}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {wanted}"

    def _has_token(self) -> bool:
        return self.headers.get("Authorization") == f"Bearer {TOKEN}"

    def _content(self, path: str, query: dict[str, str]) -> None:
        held, last = self.held, path.rpartition("/")[2]
        if last == "activities":
            inside = [one for one in held.activities if _is_inside(one["start_date_local"], query)]
            self._json(sorted(inside, key=lambda one: str(one["start_date_local"]), reverse=True))
        elif last == "wellness":
            self._json([one for one in held.wellness if _is_inside(one["id"], query)])
        elif path == "/v3/exercises":
            self._json(held.exercises)
        else:
            number = path.split("/")[-2]
            is_there = number in held.files and f"{number}/{last}" not in held.lost
            self._send(200 if is_there else 404, held.files.get(number, b"") if is_there else b"")

    def _trouble(self, kind: str, headers: dict[str, str]) -> None:
        if kind == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"[" + b" " * 100)
            self.close_connection = True
        elif kind == "bomb":
            packed = gzip.compress(b" " * (200 * 2**20), 6)
            self._send(200, packed, {"Content-Encoding": "gzip"})
        else:
            status, _, body = kind.partition(" ")
            self._send(int(status), body.encode(), headers)

    def _json(self, what: object) -> None:
        packed = gzip.compress(json.dumps(what).encode())
        self._send(200, packed, {"Content-Encoding": "gzip", "Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _is_inside(day: str, query: dict[str, str]) -> bool:
    return query["oldest"] <= day[:10] <= query["newest"]
