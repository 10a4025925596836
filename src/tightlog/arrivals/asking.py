"""Asking a service over HTTP: paced, patient where it asks for patience, and never elsewhere.

A key goes to the address of the settings only: an answer that leads to another host is refused.
What is raised names the address without its query, and holds no key and no body.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import httpx

from tightlog.language.catalogue import phrase
from tightlog.readers.content import MAX_FILE_BYTES

TIMEOUT_S = 30.0
# Five a second; the most any of the services allows is ten.
PAUSE_S = 0.2
TRIES = 4
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
MAX_LIST_BYTES = 64 * 2**20
PASSING = frozenset({429, 500, 502, 503, 504})
AGENT = "tightlog"
# A server's day outside these is a broken clock, and would be asked about for thousands of years.
BELIEVED_YEARS = range(1990, 2100)
PACKINGS = ("identity", "gzip")
# A download that trickles for ever must end as well.
LONGEST_ANSWER_S = 600.0


class AskingFailed(Exception):
    """Nothing usable came: `status` of the answer, None where there was none; in words."""

    def __init__(self, words: str, status: int | None = None) -> None:
        self.words, self.status = words, status
        super().__init__(words)


@dataclass(frozen=True)
class Answer:
    """An answer that says yes."""

    status: int
    body: bytes


class Asking:
    """Asks one server, one question at a time."""

    def __init__(
        self,
        address: str,
        auth: httpx.Auth | tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.sleep, self.last_s = sleep, -PAUSE_S
        # The server's UTC day, which is right where our clock is not.
        self.day_there: date | None = None
        # Redirects are not followed, so that a key never reaches another host.
        with _told(address):
            self.client = httpx.Client(
                base_url=address,
                auth=auth,
                headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", **(headers or {})},
                timeout=TIMEOUT_S,
                follow_redirects=False,
            )

    def close(self) -> None:
        """Ends the connections."""
        self.client.close()

    def get(
        self,
        path: str,
        params: Mapping[str, str] | None = None,
        most_bytes: int = MAX_LIST_BYTES,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a GET, tried again where that may help. Raises AskingFailed."""
        return self._patiently("GET", path, most_bytes, params=params, headers=headers)

    def file(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The same for a file, which may be as large as any that is read."""
        return self.get(path, most_bytes=MAX_FILE_BYTES, headers=headers)

    def post(self, path: str, **what: object) -> Answer:
        """The answer to a POST, asked once: some can be used only once. Raises AskingFailed."""
        return self._once("POST", path, MAX_LIST_BYTES, what)

    def _patiently(self, method: str, path: str, most_bytes: int, **what: object) -> Answer:
        wait_s = FIRST_WAIT_S
        for left in reversed(range(TRIES)):
            try:
                return self._once(method, path, most_bytes, what)
            except Passing as problem:
                asked_s = problem.wait_s
                if left == 0 or (asked_s is not None and asked_s > LONGEST_WAIT_S):
                    later = (
                        ""
                        if asked_s is None
                        else phrase("; it asks to wait {asked_s:.0f} s", asked_s=asked_s)
                    )
                    raise AskingFailed(f"{problem.words}{later}", problem.status) from None
                self.sleep(wait_s if asked_s is None else asked_s)
                wait_s = min(wait_s * 2, LONGEST_WAIT_S)
        raise AssertionError("a try ends with an answer or a problem")

    def _once(self, method: str, path: str, most_bytes: int, what: Mapping[str, object]) -> Answer:
        self.sleep(max(0.0, self.last_s + PAUSE_S - time.monotonic()))
        self.last_s = time.monotonic()
        with (
            _told(_host(self.client)),
            self.client.stream(method, path, **what) as answer,  # type: ignore[arg-type]
        ):
            if (at := _date(answer)) is not None and at.year in BELIEVED_YEARS:
                self.day_there = at.date()
            _refuse(answer)
            return Answer(answer.status_code, _body(answer, most_bytes))


class Passing(AskingFailed):
    """What another try may cure; `wait_s` is how long the server asks to wait."""

    def __init__(self, words: str, status: int | None = None, wait_s: float | None = None) -> None:
        super().__init__(words, status)
        self.wait_s = wait_s


def _host(client: httpx.Client) -> str:
    try:
        return client.base_url.host
    except UnicodeError:
        return client.base_url.raw_host.decode("ascii", "replace")


@contextmanager
def _told(host: str) -> Iterator[None]:
    try:
        yield
    except httpx.TransportError as problem:
        # Their own words may hold the whole address.
        raise Passing(
            phrase("{host} gave no whole answer ({name})", host=host, name=type(problem).__name__)
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as problem:
        raise AskingFailed(
            phrase("{host} gave no usable answer ({name})", host=host, name=type(problem).__name__)
        ) from None


def _refuse(answer: httpx.Response) -> None:
    host, status = answer.request.url.host, answer.status_code
    if status in PASSING:
        raise Passing(
            phrase("{host} answered {status}", host=host, status=status),
            status,
            _asked_wait_s(answer),
        )
    # Other packings expand so far at once that no bound could be kept.
    if answer.headers.get("content-encoding", "identity").strip().lower() not in PACKINGS:
        raise AskingFailed(
            phrase("{host} packs its answer in a way it was not asked for", host=host), status
        )
    if answer.is_redirect:
        raise AskingFailed(
            phrase("{host} leads to another address, which gets no key", host=host), status
        )
    if status in (401, 403):
        raise AskingFailed(
            phrase("{host} refused the key ({status})", host=host, status=status), status
        )
    if not answer.is_success:
        raise AskingFailed(phrase("{host} answered {status}", host=host, status=status), status)


def _body(answer: httpx.Response, most_bytes: int) -> bytes:
    """The body, expanded where it is compressed; the sizes and the time are bounded."""
    give_up_at = time.monotonic() + LONGEST_ANSWER_S
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > most_bytes:
            raise AskingFailed(
                phrase(
                    "{host} sends more than {most_bytes:,} bytes",
                    host=answer.request.url.host,
                    most_bytes=most_bytes,
                )
            )
        if time.monotonic() > give_up_at:
            raise Passing(phrase("{host} did not come to an end", host=answer.request.url.host))
    return bytes(body)


def _date(answer: httpx.Response) -> datetime | None:
    return _instant(answer.headers.get("date"))


def _asked_wait_s(answer: httpx.Response) -> float | None:
    """Seconds of Retry-After; a date there is compared with the server's own clock, for ours may
    be wrong.
    """
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    until = _instant(text)
    if until is None:
        return None
    return max(0.0, (until - (_date(answer) or datetime.now(UTC))).total_seconds())


def _instant(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
