"""The journal: every score and intervention as one JSON line in data/raw/diary, appended, never rewritten.

    {"format": 1, "entry_id": "r5f1c09ab", "kind": "rate", "logged_at": "2026-05-31T05:12:00+00:00", "day": "2026-05-31", "score": 3, …}

A correction or withdrawal is a further line that names the entry; what stands is computed on reading. A line without a format is of the
first; one of a later format stays where it is and is counted, not read.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tightlog import private
from tightlog.entries import InterventionDone, TightnessScore
from tightlog.errors import DiaryError, MomentAhead, ScoreOutOfRange, UnknownEntry, UnreadableMoment

FORMAT = 1
MOMENTS = ("morning", "before", "during", "after", "evening")
# A score this high stops training advice until someone looked at it (pattern R0).
RED_FLAG_SCORE = 8.0
# A score read from a file raises a red flag for this long at most: nobody can clear what was never logged here.
IMPORTED_FLAG_D = 7
ACTIVITY_CORRECTABLE = frozenset({"sport", "sub_sport", "shoe", "name", "rpe", "is_ignored"})
CORRECTABLE = {
    "rate": frozenset({"score", "moment", "is_sharp", "red_flags", "note", "day", "at"}),
    "flag": frozenset({"is_sharp", "red_flags", "day", "at"}),
    "did": frozenset({"intervention", "minutes", "rpe", "day", "at"}),
}
NEWER = "newer"
ENTRY_WORDS = {"rate": "a score", "flag": "a warning sign", "did": "an intervention done"}


@dataclass(frozen=True)
class Moment:
    """When something happened: local day, and the UTC instant where the clock time is known."""

    day: date
    at: datetime | None


@dataclass(frozen=True)
class RedFlagSpan:
    """From the rating that raised a red flag to the day the runner cleared it (None: still standing)."""

    started_on: date
    cleared_on: date | None
    evidence: str


@dataclass(frozen=True)
class Journal:
    """What stands in the diary, the red flags it raised, how many lines could not be read, and how many a newer tightlog wrote."""

    entries: tuple[Mapping[str, Any], ...] = ()
    clearances: tuple[Mapping[str, Any], ...] = ()
    broken_lines: int = 0
    scores: tuple[TightnessScore, ...] = field(default=())
    interventions: tuple[InterventionDone, ...] = field(default=())
    corrections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    # When an entry came to raise a red flag, where that was by a correction: a clearance before it does not hold for it.
    raised: Mapping[str, datetime] = field(default_factory=dict)
    newer_lines: int = 0


def rate(journal: Path, score: float, moment: Moment, *, part_of_day: str | None = None, is_sharp: bool | None = None,
         red_flags: Sequence[str] = (), note: str | None = None) -> str:
    """Entry id of a tightness score 0–10 that is on disk when this returns.

    Raises ScoreOutOfRange for anything else than a number from 0 to 10.
    """
    if not isinstance(score, (int, float)) or isinstance(score, bool) or not 0 <= score <= 10:
        raise ScoreOutOfRange(score)
    _refuse_unknown_moment(part_of_day)
    return _append(journal, "rate", {"day": moment.day.isoformat(), "at": _iso(moment.at), "score": score, "moment": part_of_day,
                                     "is_sharp": is_sharp, "red_flags": list(red_flags), "note": note})


def raise_red_flag(journal: Path, moment: Moment, *, is_sharp: bool | None = None, red_flags: Sequence[str] = ()) -> str:
    """Entry id of a warning sign given without a score, on disk when this returns."""
    return _append(journal, "flag", {"day": moment.day.isoformat(), "at": _iso(moment.at), "is_sharp": is_sharp, "red_flags": list(red_flags)})


def did(journal: Path, intervention: str, moment: Moment, *, minutes: float | None = None, rpe: float | None = None) -> str:
    """Entry id of an intervention done (`intervention` is an id of the catalogue), on disk when this returns."""
    _refuse_out_of_range({"minutes": minutes, "rpe": rpe})
    return _append(journal, "did", {"day": moment.day.isoformat(), "at": _iso(moment.at), "intervention": intervention,
                                    "minutes": minutes, "rpe": rpe})


def clear_red_flag(journal: Path, moment: Moment) -> str:
    """Entry id of the runner's word that the red flag was looked at."""
    return _append(journal, "clear_red_flag", {"day": moment.day.isoformat(), "at": _iso(moment.at)})


def correct(journal: Path, entry_id: str, changes: Mapping[str, Any]) -> str:
    """Entry id of a correction: the named entry stands with these fields changed.

    Raises UnknownEntry when no standing entry has the id, DiaryError for a field that cannot be changed.
    """
    kind = _standing_entry(journal, entry_id)["kind"]
    if unknown := set(changes) - CORRECTABLE[kind]:
        raise DiaryError(f"{', '.join(sorted(unknown))} cannot be corrected in entry {entry_id}, which is {ENTRY_WORDS[kind]}")
    if "score" in changes and not 0 <= float(changes["score"]) <= 10:
        raise ScoreOutOfRange(changes["score"])
    _refuse_unknown_moment(changes.get("moment"))
    _refuse_out_of_range(changes)
    return _append(journal, "correct", {"of": entry_id, "changes": dict(changes)})


def withdraw(journal: Path, entry_id: str) -> str:
    """Entry id of a withdrawal: the named entry no longer stands; the journal keeps it.

    Raises UnknownEntry when no standing entry has the id.
    """
    _standing_entry(journal, entry_id)
    return _append(journal, "withdraw", {"of": entry_id})


def correct_activity(journal: Path, activity_id: str, changes: Mapping[str, Any]) -> str:
    """Entry id of the runner's word on an activity: its sport, shoe, name, effort, or that it does not count (`is_ignored`).

    Later words add to earlier ones; a field set to None goes back to what the files say. Raises DiaryError for another field.
    """
    if unknown := set(changes) - ACTIVITY_CORRECTABLE:
        raise DiaryError(f"{', '.join(sorted(unknown))} of an activity cannot be corrected")
    if changes.get("rpe") is not None and not 0 <= float(changes["rpe"]) <= 10:
        raise DiaryError(f"rpe is a number from 0 to 10, not {changes['rpe']}")
    return _append(journal, "activity", {"activity_id": activity_id, "changes": dict(changes)})


def read_journal(journal: Path) -> Journal:
    """What stands in the journal; an empty one when there is no file. A torn or foreign line is counted, never fatal."""
    standing: dict[str, dict[str, Any]] = {}
    clearances: list[dict[str, Any]] = []
    corrections: dict[str, dict[str, Any]] = {}
    raised: dict[str, datetime] = {}
    broken = newer = 0
    for line in _lines(journal):
        entry = _entry(line)
        if entry is None:
            broken += 1
        elif entry["kind"] == NEWER:
            newer += 1
        elif entry["kind"] == "withdraw":
            standing.pop(entry["of"], None)
        elif entry["kind"] == "correct":
            if entry["of"] in standing and _is_raised_by(entry["changes"], standing[entry["of"]]):
                raised[entry["of"]] = _logged(entry)
            standing.get(entry["of"], {}).update(entry["changes"])
        elif entry["kind"] == "clear_red_flag":
            clearances.append(entry)
        elif entry["kind"] == "activity":
            corrections.setdefault(entry["activity_id"], {}).update(entry["changes"])
        else:
            standing[entry["entry_id"]] = entry
    entries = tuple(standing.values())
    return Journal(entries, tuple(clearances), broken,
                   tuple(_score(entry) for entry in entries if entry["kind"] == "rate"),
                   tuple(_intervention(entry) for entry in entries if entry["kind"] == "did"), corrections, raised, newer)


def red_flag_spans(journal: Path) -> tuple[RedFlagSpan, ...]:
    """Red flags the journal raised, oldest first: a ticked flag, sharp pain, or a score of 8 or more, each until it was cleared."""
    book = read_journal(journal)
    clearances = sorted(book.clearances, key=_logged)
    spans = []
    for entry in sorted((entry for entry in book.entries if entry["kind"] in ("rate", "flag")), key=_logged):
        if evidence := red_flag_evidence(_score({"score": 0} | dict(entry))):
            raised = book.raised.get(entry["entry_id"], _logged(entry))
            cleared_on = next((date.fromisoformat(word["day"]) for word in clearances if _logged(word) >= raised), None)
            spans.append(RedFlagSpan(date.fromisoformat(entry["day"]), cleared_on, evidence))
    return tuple(spans)


def standing_red_flag(journal: Path) -> RedFlagSpan | None:
    """The red flags nobody has cleared yet, as one; this is what every advice asks first."""
    return standing(red_flag_spans(journal))


def standing(spans: Sequence[RedFlagSpan]) -> RedFlagSpan | None:
    """All uncleared spans as one, since the first: a later and milder flag must not hide an earlier one."""
    uncleared = [span for span in spans if span.cleared_on is None]
    return RedFlagSpan(min(span.started_on for span in uncleared), None, "; ".join(span.evidence for span in uncleared)) if uncleared else None


def imported_spans(scores: Sequence[TightnessScore]) -> list[RedFlagSpan]:
    """Red flags of scores that came in files, in order of their days: each until the next calm rating, at most a week."""
    spans = []
    for number, score in enumerate(scores):
        if evidence := red_flag_evidence(score):
            calm = next((later.day for later in scores[number + 1:] if later.day > score.day and not red_flag_evidence(later)), None)
            last = score.day + timedelta(days=IMPORTED_FLAG_D)
            spans.append(RedFlagSpan(score.day, min(calm, last) if calm else last, evidence))
    return spans


def red_flag_evidence(score: TightnessScore) -> str | None:
    """Why a rating stops all training advice, in words; None when it does not."""
    reasons = [name.replace("_", " ") for name in score.red_flags]
    if score.is_sharp:
        reasons.append("sharp pain")
    if score.score >= RED_FLAG_SCORE:
        reasons.append(f"a score of {score.score:g}")
    return f"{', '.join(reasons)} on {score.day.day} {score.day:%B %Y}" if reasons else None


def _is_raised_by(changes: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """True for a correction that adds a red flag to its entry."""
    return bool(_stops({**entry, **changes}) - _stops(entry))


def _stops(entry: Mapping[str, Any]) -> frozenset[str]:
    """What in an entry stops all training advice, each by a name that does not change with the score."""
    high = {"high score"} if float(entry.get("score") or 0) >= RED_FLAG_SCORE else set()
    return frozenset({*(entry.get("red_flags") or ()), *({"sharp"} if entry.get("is_sharp") else ()), *high})


def moment_of(text: str | None, zone: ZoneInfo, now: datetime | None = None) -> Moment:
    """Moment meant by `2026-05-31T07:30`, `2026-05-31`, `07:30`, `today`, `yesterday` or nothing (now), in the runner's zone.

    Raises UnreadableMoment for anything else, MomentAhead for a day that has not come (one ahead is let pass: zones differ).
    """
    local_now = (now or datetime.now(UTC)).astimezone(zone)
    if text is None or not text.strip():
        return Moment(local_now.date(), local_now.astimezone(UTC))
    moment = _parsed_moment(text.strip(), zone, local_now)
    if moment.day > local_now.date() + timedelta(days=1):
        raise MomentAhead(text)
    return moment


def _parsed_moment(text: str, zone: ZoneInfo, local_now: datetime) -> Moment:
    word_days = {"today": 0, "yesterday": 1}
    day_text, _, clock_text = text.replace("T", " ", 1).partition(" ")
    try:
        if re.fullmatch(r"\d{1,2}:\d{2}", text):
            clock, day = time.fromisoformat(text.zfill(5)), local_now.date()
            return _at_clock(day, clock, zone)
        if day_text.lower() in word_days:
            day = local_now.date() - timedelta(days=word_days[day_text.lower()])
        elif clock_text:
            parsed = datetime.fromisoformat(text)
            local = parsed.replace(tzinfo=zone) if parsed.tzinfo is None else parsed.astimezone(zone)
            return Moment(local.date(), local.astimezone(UTC))
        else:
            day = date.fromisoformat(text)
        return _at_clock(day, time.fromisoformat(clock_text.zfill(5)), zone) if clock_text else Moment(day, None)
    except ValueError as problem:
        raise UnreadableMoment(text) from problem


def _at_clock(day: date, clock: time, zone: ZoneInfo) -> Moment:
    return Moment(day, datetime.combine(day, clock, tzinfo=zone).astimezone(UTC))


def _append(journal: Path, kind: str, facts: Mapping[str, Any]) -> str:
    entry_id = kind[0] + secrets.token_hex(4)
    entry = {"format": FORMAT, "entry_id": entry_id, "kind": kind, "logged_at": datetime.now(UTC).isoformat()} | dict(facts)
    append_entries(journal, [entry])
    return entry_id


def append_entries(journal: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    """Appends whole entries under a file lock and returns when they are on disk."""
    private.folder(journal.parent)
    with open(journal, "ab+", opener=private.opener) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0, os.SEEK_END)
        if file.tell() > 0:
            # A writer killed in mid-line leaves no newline: the torn line must not swallow this one.
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries).encode())
        file.flush()
        os.fsync(file.fileno())


def newer_words(count: int) -> str:
    """What to say of lines a newer tightlog wrote."""
    return (f"{count} {'line' if count == 1 else 'lines'} of the diary {'was' if count == 1 else 'were'} written by a newer tightlog and "
            f"{'is' if count == 1 else 'are'} not counted here, warning signs included. Nothing is lost: install the newer tightlog")


def journal_fingerprint(journal: Path) -> str:
    """SHA-256 of the journal's bytes, those of nothing when there is no journal."""
    return hashlib.sha256(journal.read_bytes() if journal.exists() else b"").hexdigest()


def _lines(journal: Path) -> Iterator[str]:
    if journal.exists():
        yield from (line for line in journal.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip())


def _entry(line: str) -> dict[str, Any] | None:
    """Entry of a line, of kind NEWER when a newer tightlog wrote it; None when it is torn or lacks what its kind needs."""
    needs = {"rate": ("entry_id", "day", "score"), "flag": ("entry_id", "day"), "did": ("entry_id", "day", "intervention"),
             "clear_red_flag": ("entry_id", "day"), "correct": ("of", "changes"), "withdraw": ("of",), "activity": ("activity_id", "changes")}
    try:
        entry = json.loads(line)
        if entry.get("format", FORMAT) > FORMAT:
            return {"kind": NEWER}
        kind = entry["kind"]
        if any(name not in entry for name in needs[kind]):
            return None
        if "day" in entry:
            date.fromisoformat(entry["day"])
        _logged(entry)
        return entry if isinstance(entry, dict) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _standing_entry(journal: Path, entry_id: str) -> Mapping[str, Any]:
    for entry in read_journal(journal).entries:
        if entry["entry_id"] == entry_id:
            return entry
    raise UnknownEntry(entry_id)


def _score(entry: Mapping[str, Any]) -> TightnessScore:
    return TightnessScore(entry["entry_id"], date.fromisoformat(entry["day"]), float(entry["score"]), _instant_or_none(entry.get("at")),
                          entry.get("moment"), entry.get("is_sharp"), tuple(entry.get("red_flags") or ()), entry.get("note"),
                          entry.get("source", "diary"), f"{entry['score']:g}")


def _intervention(entry: Mapping[str, Any]) -> InterventionDone:
    return InterventionDone(entry["entry_id"], date.fromisoformat(entry["day"]), entry["intervention"],
                            _instant_or_none(entry.get("at")), entry.get("minutes"), entry.get("rpe"), entry.get("source", "diary"))


def _logged(entry: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["logged_at"])


def _instant_or_none(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _refuse_out_of_range(given: Mapping[str, Any]) -> None:
    for name, top in (("minutes", 24 * 60.0), ("rpe", 10.0)):
        value = given.get(name)
        if value is not None and not 0 <= value <= top:
            raise DiaryError(f"{name} is a number from 0 to {top:g}, not {value:g}")


def _refuse_unknown_moment(moment: str | None) -> None:
    if moment is not None and moment not in MOMENTS:
        raise DiaryError(f"moment is one of {', '.join(MOMENTS)}, not {moment!r}")
