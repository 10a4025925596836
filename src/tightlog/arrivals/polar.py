"""Polar AccessLink: the FIT file of each exercise of the last 30 days since the runner gave leave.

GET /v3/exercises                [{"id": "2AC312F", "start_time": "2026-05-04T07:00:00", …}]
GET /v3/exercises/2AC312F/fit    the file; TCX where there is no FIT
POST /v2/oauth2/token            the code a browser was given, against the access token

The token holds for about a year. What is older is in the export of the vendor.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from tightlog.arrivals.asking import Asking, AskingFailed
from tightlog.arrivals.fetched_folder import keep_file, stems, suffix_of
from tightlog.arrivals.intervals_icu import Tally, file_or_failure, is_number
from tightlog.home.arriving.fetch_sections import ADDRESSES, POLAR, Fetch

AUTHORIZE = "https://flow.polar.com/oauth2/authorization"
TOKENS = "https://polarremote.com"
MEMBER = "tightlog"
LIST = "/v3/exercises"


def questions() -> Iterator[str]:
    """What would be asked, without a token, one line each."""
    yield f"GET {LIST}"
    yield f"GET {LIST}/ID/fit, or /tcx where there is none, for each exercise not here yet"


def asking_of(given: Fetch, token: str) -> Asking:
    """What asks with the token the runner gave leave for."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    return Asking(given.address, headers=headers)


def fetch_polar(folder: Path, today: date, asking: Asking) -> Tally:
    """What came into the folder. Raises AskingFailed; what was kept before stays."""
    tally, here = Tally(), set(stems(folder))
    answer = asking.get(LIST)
    for exercise in _rows(answer.body):
        number = str(exercise.get("id", ""))
        if not is_number(number) or number in here:
            continue
        here.add(number)
        data = _recording(number, asking, tally)
        if data is None:
            continue
        if not data:
            tally.without_file += 1
            continue
        day = str(exercise.get("start_time", exercise.get("start-time", "")))[:10]
        tally.files += keep_file(folder, f"{number}_{day}{suffix_of(data)}", data)
        tally.failures.clear()
    tally.through = today
    return tally


def authorize_address(client_id: str) -> str:
    """The page on which the runner gives leave; it leads on to an address with a code."""
    return f"{AUTHORIZE}?{urlencode({'response_type': 'code', 'client_id': client_id})}"


def code_in(text: str) -> str:
    """The code in what a runner pasted: the code alone, or the address the browser was led to."""
    found = parse_qs(urlsplit(text.strip()).query).get("code")
    return found[0] if found else text.strip()


def token_for(code: str, client_id: str, client_secret: str, given: Fetch) -> str:
    """The access token for a code, which can be used once. Raises AskingFailed."""
    is_own = given.address != ADDRESSES[POLAR]
    asking = Asking(given.address if is_own else TOKENS, auth=(client_id, client_secret))
    try:
        body = asking.post(
            "/v2/oauth2/token", data={"grant_type": "authorization_code", "code": code}
        ).body
    finally:
        asking.close()
    try:
        token = json.loads(body)["access_token"]
    except (ValueError, KeyError, TypeError, RecursionError):
        token = None
    if not isinstance(token, str) or not token:
        raise AskingFailed("it sends no access token")
    return token


def register(asking: Asking) -> None:
    """Tells the service once whose token this is. Raises AskingFailed; again is no problem."""
    try:
        asking.post("/v3/users", json={"member-id": MEMBER})
    except AskingFailed as problem:
        if problem.status != 409:
            raise


def _recording(number: str, asking: Asking, tally: Tally) -> bytes | None:
    for kind in ("fit", "tcx"):
        data = file_or_failure(tally, asking, f"{LIST}/{number}/{kind}", {"Accept": "*/*"})
        if data is None or data:
            return data
    return b""


def _rows(body: bytes) -> Iterator[Mapping[str, object]]:
    try:
        found = json.loads(body or b"[]")
    except (ValueError, RecursionError):
        raise AskingFailed("the list it sends is no JSON") from None
    # Nothing new has been sent as an empty object.
    return (row for row in found if isinstance(row, dict)) if isinstance(found, list) else iter(())
