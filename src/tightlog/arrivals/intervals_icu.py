"""intervals.icu: the original file of each activity, and the wellness of each day that is over.

GET /api/v1/athlete/0/activities?oldest=2026-05-01&newest=2026-05-31
    [{"id": "i55", "start_date_local": "2026-05-04T07:00:00", "type": "Run", "source": "…"}]
GET /api/v1/activity/i55/file        the file as it was uploaded, perhaps compressed
GET /api/v1/athlete/0/wellness?oldest=2026-05-01&newest=2026-05-31
    [{"id": "2026-05-04", "restingHR": 52, "hrv": 61.0, "sleepSecs": 27000, …}]

Days are the runner's local ones. Activities copied from Strava are empty here, and manual ones have
no file.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from tightlog.arrivals.asking import Asking, AskingFailed
from tightlog.arrivals.fetched_folder import keep_file, stems, suffix_of
from tightlog.domain.clocks import FIRST_DAY
from tightlog.home.arriving.fetch_sections import Fetch

# The key is the password of this user.
USER = "API_KEY"
FIRST_DAYS = 730
# What was recorded days ago may be uploaded today.
BACK_D = 30
LONGEST_NUMBER = 40
WINDOW_D = 180
WITHOUT_FILE = frozenset({"STRAVA", "MANUAL"})
STOPPING, MOST_FAILURES = (401, 403, 429), 3
FIELDS = "id,start_date_local,type,source"


@dataclass(frozen=True)
class Window:
    """Local days from the first to the last, both asked for."""

    oldest: date
    newest: date

    @property
    def params(self) -> dict[str, str]:
        return {"oldest": self.oldest.isoformat(), "newest": self.newest.isoformat()}


@dataclass
class Tally:
    """What came: new files and days, activities without a file, those whose file did not come this
    time (`failures`: the last in a row, in words), and the day up to which everything is here.
    """

    files: int = 0
    without_file: int = 0
    days: int = 0
    failures: list[str] = field(default_factory=list)
    failed: int = 0
    changed: int = 0
    through: date | None = None


def windows(given: Fetch, through: date | None, today: date) -> tuple[Window, ...]:
    """The windows to ask for, oldest first: from where the last fetch ended, some days before."""
    first = max(given.since or today - timedelta(days=FIRST_DAYS), FIRST_DAY)
    start = first if through is None else max(first, min(through, today) - timedelta(days=BACK_D))
    # Tomorrow: in some zones it has begun.
    last, found = today + timedelta(days=1), []
    while start <= last:
        end = min(start + timedelta(days=WINDOW_D - 1), last)
        found.append(Window(start, end))
        start = end + timedelta(days=1)
    return tuple(found)


def questions(given: Fetch, asked: tuple[Window, ...]) -> Iterator[str]:
    """What would be asked, without a key, one line each."""
    for window in asked:
        days = f"from {window.oldest} to {window.newest}"
        yield f"GET {_activities(given)} {days}"
        if given.reads_wellness:
            yield f"GET {_wellness(given)} {days}"
    yield "GET /api/v1/activity/ID/file for each activity that is not here yet"


def fetch_intervals(
    given: Fetch, folder: Path, through: date | None, today: date, asking: Asking
) -> Tally:
    """What came into the folder. Raises AskingFailed; what was kept before stays."""
    tally, here = Tally(), set(stems(folder))
    for window in windows(given, through, today):
        answer = asking.get(_activities(given), {**window.params, "fields": FIELDS})
        for activity in _rows(answer.body):
            _keep_activity(activity, here, folder, asking, tally)
        if given.reads_wellness:
            _keep_wellness(given, window, folder, today, asking, tally)
        if not tally.failed:
            tally.through = min(window.newest, today, asking.day_there or today)
    return tally


def asking_of(given: Fetch, key: str) -> Asking:
    """What asks with the key of the runner."""
    return Asking(given.address, auth=(USER, key))


def _keep_activity(
    activity: Mapping[str, object], here: set[str], folder: Path, asking: Asking, tally: Tally
) -> None:
    number = str(activity.get("id", ""))
    if not is_number(number) or number in here:
        return
    here.add(number)
    if str(activity.get("source")) in WITHOUT_FILE:
        tally.without_file += 1
        return
    data = file_or_failure(tally, asking, f"/api/v1/activity/{number}/file")
    if data is None:
        return
    if not data:
        tally.without_file += 1
        return
    day = str(activity.get("start_date_local", ""))[:10]
    tally.files += keep_file(folder, f"{number}_{day}{suffix_of(data)}", data)
    tally.failures.clear()


def _keep_wellness(
    given: Fetch, window: Window, folder: Path, today: date, asking: Asking, tally: Tally
) -> None:
    """One file of the days that are over. A file that reaches further is believed for the days of
    an earlier one, so that what was corrected in between counts.
    """
    rows = {
        day: row
        for row in _rows(asking.get(_wellness(given), window.params).body)
        if (day := _day(row.get("id"))) is not None
        and day < min(today, asking.day_there or today)
        and _says_something(row)
    }
    if rows:
        ordered = [rows[day] for day in sorted(rows)]
        data = json.dumps(ordered, ensure_ascii=False, sort_keys=True, indent=1)
        name = f"wellness_{min(rows)}_{max(rows)}.json"
        # Half of a surrogate pair, which JSON can say and no file holds, becomes a question mark.
        is_kept = keep_file(folder, name, data.encode("utf-8", "replace"))
        tally.days += len(rows) if is_kept else 0


def is_number(text: str) -> bool:
    """True for the id of a recording: it names a file, by which it is known again."""
    return text.isascii() and text.isalnum() and len(text) <= LONGEST_NUMBER


def file_or_failure(
    tally: Tally, asking: Asking, path: str, headers: Mapping[str, str] | None = None
) -> bytes | None:
    """The file; b'' where there is none, None where it did not come this time.

    One that cannot be had is no reason to leave the others. Raises AskingFailed where the key is
    refused, patience is asked for, or several in a row did not come.
    """
    try:
        return asking.file(path, headers).body
    except AskingFailed as problem:
        if problem.status in (404, 410):
            return b""
        tally.failures.append(problem.words)
        tally.failed += 1
        if problem.status in STOPPING or len(tally.failures) >= MOST_FAILURES:
            raise
        return None


def _says_something(row: Mapping[str, object]) -> bool:
    own = {"id", "updated", "ctl", "atl", "rampRate", "ctlLoad", "atlLoad", "sportInfo", "locked"}
    return any(value not in (None, "", [], {}) for name, value in row.items() if name not in own)


def _rows(body: bytes) -> Iterator[Mapping[str, object]]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise AskingFailed("the list it sends is no JSON") from None
    if not isinstance(found, list):
        raise AskingFailed("it sends something else than a list")
    return (row for row in found if isinstance(row, dict))


def _day(text: object) -> date | None:
    try:
        return datetime.strptime(str(text), "%Y-%m-%d").date()  # noqa: DTZ007 - a local date
    except ValueError:
        return None


def _activities(given: Fetch) -> str:
    return f"/api/v1/athlete/{given.athlete}/activities"


def _wellness(given: Fetch) -> str:
    return f"/api/v1/athlete/{given.athlete}/wellness"
