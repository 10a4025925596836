"""FIT files: bytes → activities. `read_fit` accepts any bytes and always returns a Reading."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo

from tightlog.domain.activity import Activity
from tightlog.domain.diary import ContextValue
from tightlog.domain.formats import FIT
from tightlog.domain.reading import Reading, no_activity, read, unreadable
from tightlog.domain.wellness import credible
from tightlog.readers.fit import profile
from tightlog.readers.fit.activities import activities, file_records
from tightlog.readers.fit.clock import latest_s
from tightlog.readers.fit.envelope import Envelope, envelopes, is_fit
from tightlog.readers.fit.heart_beats import Beats, beats_of
from tightlog.readers.fit.messages import Table, first_row, numbers, tables
from tightlog.readers.fit.monitoring import FILES as MONITORING_FILES
from tightlog.readers.fit.monitoring import WANTED as MONITORING_MESSAGES
from tightlog.readers.fit.monitoring import monitoring_values
from tightlog.readers.health.nights import days_reading
from tightlog.words.files import WELLNESS_UNREAD

__all__ = ["is_fit", "read_fit"]

READER = FIT.name
# file_id is the first message of a FIT file; if it is not that near, it is looked for further on.
SNIFFED_BYTES = (128, 1024)
# Tables of the wanted messages of one FIT file, and what stopped the decoding before its end.
Decoder = Callable[[bytes, Envelope, Collection[int]], tuple[dict[int, Table], str | None]]
HOLDS_ACTIVITIES = (profile.ACTIVITY_FILE, profile.ACTIVITY_SUMMARY_FILE)

# Other content found in files named .fit, by its first bytes.
IMPOSTORS = (
    (b"PK", "a ZIP archive under the name of a FIT file"),
    (b"\x1f\x8b", "a gzip file under the name of a FIT file"),
    (b"\x80", "a Python pickle, not a FIT file; tightlog never opens those"),
    (b"<", "a web page or XML, not a FIT file"),
    (b"{", "JSON, not a FIT file"),
)


def read_fit(
    data: bytes, name: str, home_zone: tzinfo = UTC, reads_wellness: bool = True
) -> Reading:
    """Reading of one file's bytes: every session of every FIT file chained in it, the nights and
    days of those a watch writes beside activities, and a reason for what could not be read.
    """
    return reading_by(data, name, tables, home_zone=home_zone, reads_wellness=reads_wellness)


def reading_by(
    data: bytes,
    name: str,
    decoded: Decoder,
    reasons: tuple[str, ...] = (),
    home_zone: tzinfo = UTC,
    reads_wellness: bool = True,
) -> Reading:
    """The same by a decoder; it is marked partial with the reasons given, if any."""
    wrapped = envelopes(data)
    if not wrapped:
        return unreadable(READER, "; ".join((*reasons, _not_fit(data, name))))
    found: list[Activity] = []
    problems: list[str] = []
    others: list[str] = []
    days: list[ContextValue] = []
    damages: list[str] = []
    beats = _beats(data, wrapped, decoded)
    for number, envelope in enumerate(wrapped, start=1):
        prefix = f"FIT file {number} of {len(wrapped)} in it: " if len(wrapped) > 1 else ""
        kind = file_type(data, envelope, decoded)
        if kind in MONITORING_FILES and reads_wellness:
            values, wrong = _days(data, envelope, decoded, home_zone)
            days += values
            damages += [prefix + problem for problem in wrong]
        if kind is not None and kind not in HOLDS_ACTIVITIES:
            others.append(prefix + _without_activity(kind, reads_wellness))
            continue
        taken, wrong = _taken(data, envelope, decoded, beats)
        found += taken
        problems += [prefix + problem for problem in wrong]
    if found:
        taken_runs = read(READER, _numbered(found), (*reasons, *problems))
        return replace(taken_runs, context=credible(days)[0])
    if days:
        return days_reading(READER, days, "; ".join(others), (*reasons, *damages, *problems))
    # A night may have been in what is missing.
    if problems or damages:
        return unreadable(READER, "; ".join((*reasons, *problems, *damages)))
    return no_activity(READER, "; ".join(others) or "a FIT file without any session or record")


def _beats(data: bytes, wrapped: Sequence[Envelope], decoded: Decoder) -> Beats | None:
    """Beats of all FIT files of a chain, because a strap's are in files of their own behind the
    activity; None for a single file, which has its own.
    """
    if len(wrapped) == 1:
        return None
    kinds = (profile.HEART_BEATS,)
    return beats_of(decoded(data, one, kinds)[0][profile.HEART_BEATS] for one in wrapped)


def _taken(
    data: bytes, envelope: Envelope, decoded: Decoder, beats: Beats | None
) -> tuple[tuple[Activity, ...], tuple[str, ...]]:
    found, stop = decoded(data, envelope, profile.WANTED)
    own = beats_of([found[profile.HEART_BEATS]]) if beats is None else beats
    latest = latest_s()
    rows, is_power_added = file_records(found, latest, own)
    # Its rows take as much room as the file, and all is told that they tell.
    del found[profile.RECORD]
    taken, wrong = activities(found, rows, is_power_added, latest)
    # If the wrapping already shows that bytes are missing, the place of the break adds nothing.
    stops = (stop,) if stop and not envelope.is_cut else ()
    return taken, (*envelope.problems, *stops, *wrong)


def _days(
    data: bytes, envelope: Envelope, decoded: Decoder, home_zone: tzinfo
) -> tuple[tuple[ContextValue, ...], tuple[str, ...]]:
    """Nights and days of a file that a watch writes beside activities, and what is wrong with
    it.
    """
    found, stop = decoded(data, envelope, MONITORING_MESSAGES)
    stops = (stop,) if stop and not envelope.is_cut else ()
    return tuple(monitoring_values(found, home_zone)), (*envelope.problems, *stops)


def file_type(data: bytes, envelope: Envelope, decoded: Decoder = tables) -> int | None:
    """Number of the file's type from its first bytes; None where it does not say."""
    if decoded is tables:
        sniffed = data[envelope.start : min(envelope.end, envelope.start + SNIFFED_BYTES[-1])]
        file_id = first_row(sniffed, profile.FILE_ID, profile.FILE_ID_FIELDS)
        if file_id is not None:
            return int(file_id["type"]) if file_id.get("type", -1.0) >= 0 else None
    for size in SNIFFED_BYTES:
        head = Envelope(envelope.start, min(envelope.end, envelope.start + size), ())
        kinds = numbers(decoded(data, head, (profile.FILE_ID,))[0][profile.FILE_ID], 0)
        if kinds.size:
            return int(kinds[0]) if kinds[0] >= 0 else None
    return None


def _without_activity(kind: int, reads_wellness: bool) -> str:
    if kind in MONITORING_FILES:
        return MONITORING_FILES[kind] if reads_wellness else WELLNESS_UNREAD
    return f"a {_kind_name(kind)} file, not an activity"


def _kind_name(kind: int) -> str:
    known = profile.FILE_TYPES.get(kind)
    return known.replace("_", " ") if known else f"watch-internal (type {kind})"


def _numbered(found: list[Activity]) -> tuple[Activity, ...]:
    """The activities by start, numbered; one that is in the chain twice is taken once, with the
    more records.
    """
    once: dict[tuple[object, ...], Activity] = {}
    for activity in sorted(
        found, key=lambda activity: (activity.started_at, activity.records.height)
    ):
        once[activity.started_at, activity.sport, activity.elapsed_s] = activity
    return tuple(
        replace(activity, session_index=index) for index, activity in enumerate(once.values())
    )


def _not_fit(data: bytes, name: str) -> str:
    if not data.strip(b"\0"):
        return "the file is empty" if not data else "the file holds nothing but zeros"
    for start, what in IMPOSTORS:
        if data.startswith(start):
            return what
    return f"{name} does not begin like a FIT file"
