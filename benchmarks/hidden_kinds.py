"""The kind of recordings whose file says it, judged as if it did not: by their movement, then by
the runner's own runs.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from tightlog.domain.sports import ACCIDENT_S, SportRule, is_run
from tightlog.ingest.kinds import kinds
from tightlog.ingest.reading import ACTIVITY_SCHEMA, Content, batches_of
from tightlog.readers.half_minutes import window_columns
from tightlog.readers.kind import sport_by_movement

ENDINGS = (".fit", ".gpx", ".tcx")
ZONE = ZoneInfo("Europe/Zurich")
KINDS = ("running", "walking", "cycling", "other")
VERDICTS = ("a run", "a walk", "a drive", "no run", "unknown")
SHOWN = dict(zip(("running", "walking", "driving", "generic", None), VERDICTS, strict=True))
# What a recording measured, so far as it is shown to the judge.
FULL, HEART, SPEED = "speed, heart rate and steps", "speed and heart rate", "speed alone"
SENSES = (FULL, HEART, SPEED)
# Fewer runs are no history to compare with.
FEWEST_RUNS = 10
# Pieces cut from each recording of another kind, and their length.
PIECES, PIECE_S = 12, (120.0, 180.0, 240.0, 300.0, 480.0, 900.0)
SPARSE_S = (45.0, 60.0, 75.0)
NO_TWINS = pl.DataFrame(schema={"activity_id": pl.String, "kept_activity_id": pl.String})
Row = dict[str, Any]
Table = list[tuple[str, ...]]


@dataclass(frozen=True)
class Typed:
    """A recording whose file says its kind: its row as stored, its records with the cadence as
    recorded, and what its movement shows by what it measured.
    """

    history: str
    row: Row
    records: pl.DataFrame
    shown: Mapping[str, str | None]

    @property
    def is_run(self) -> bool:
        return is_run(self.row["sport"])

    @property
    def kind(self) -> str:
        sport = self.row["sport"]
        return "walking" if sport == "hiking" else sport if sport in KINDS else "other"

    @property
    def recorded_s(self) -> float:
        """Elapsed time of its last record, s; 0 without one."""
        last_s = self.records["elapsed_s"].max()
        return last_s if isinstance(last_s, float) else 0.0

    @property
    def moving_min(self) -> float:
        """How long it moved, min."""
        return (self.row["moving_s"] or self.row["elapsed_s"] or 0.0) / 60.0

    def hidden(self, sense: str) -> Row:
        """Its row as if neither its file said the kind nor more was measured."""
        return self.row | {
            "sport": "generic",
            "sub_sport": "generic",
            "sport_rule": SportRule.UNKNOWN.value,
            "movement_sport": self.shown[sense],
            "heart_rate_bpm": None if sense == SPEED else self.row["heart_rate_bpm"],
            "cadence_raw": self.row["cadence_raw"] if sense == FULL else None,
        }


def typed_recordings(folder: Path, label: str) -> Iterator[Typed]:
    """Every recording of a history whose file says its kind, that is no accidental start."""
    seen: set[str] = set()
    for path in sorted(folder.rglob("*")):
        name = path.name.lower()
        if not path.is_file() or not any(end in name for end in ENDINGS):
            continue
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in seen:
            continue
        seen.add(sha256)
        (batch,) = batches_of([Content(sha256, data, path.name)], ZONE, most_records=1)
        records = pl.concat(batch.records) if batch.records else pl.DataFrame()
        for stored in batch.activities:
            row: Row = dict(stored)
            lasting_s = row["moving_s"] or row["elapsed_s"] or 0.0
            if row["sport_rule"] is not SportRule.FILE or row["record_count"] < 2:
                continue
            if lasting_s >= ACCIDENT_S:
                own = records.filter(pl.col("activity_key") == row["activity_key"])
                yield _typed(label, row, own)


def _typed(label: str, row: Row, records: pl.DataFrame) -> Typed:
    factor = (row["cadence_spm"] or 1.0) / (row["cadence_raw"] or row["cadence_spm"] or 1.0)
    recorded = records.with_columns(pl.col("cadence_spm") / factor)
    bpm, mps = row["heart_rate_bpm"], row["speed_mps"]
    bare = recorded.with_columns(cadence_spm=pl.lit(None, pl.Float64))
    shown = {
        FULL: sport_by_movement(recorded, mps, bpm),
        HEART: sport_by_movement(bare, mps, bpm),
        SPEED: sport_by_movement(bare, mps, None),
    }
    return Typed(label, row, bare, shown)


def by_kind(typed: Sequence[Typed], sense: str) -> Table:
    """One row per kind: how many recordings, and how many got each verdict by their movement."""
    rows: Table = []
    for kind in KINDS:
        found = Counter(SHOWN[one.shown[sense]] for one in typed if one.kind == kind)
        rows.append((kind, f"{found.total()}", *(f"{found[one]}" for one in VERDICTS)))
    return rows


def by_history(typed: Sequence[Typed]) -> Table:
    """One row per history and sense: its runs and how many are recognised by their movement and
    with the own runs, of all types hidden and of every second one; how many others are called
    runs.
    """
    rows: Table = []
    for history in sorted({one.history for one in typed}):
        own = sorted(
            (one for one in typed if one.history == history), key=lambda one: one.row["started_at"]
        )
        if not any(one.is_run for one in own):
            continue
        for sense in SENSES:
            for hidden in (own, own[::2]):
                said = [one for one in own if one not in hidden]
                rows.append(_hidden_home(history, sense, hidden, said))
    return rows


def _hidden_home(
    history: str, sense: str, hidden: Sequence[Typed], said: Sequence[Typed]
) -> tuple[str, ...]:
    by_own = called_runs([one.hidden(sense) for one in hidden], [one.row for one in said])
    runs = [one for one in hidden if one.is_run]
    moved = sum(is_run(one.shown[sense] or "") for one in runs)
    right = sum(one.row["activity_id"] in by_own for one in runs)
    wrong = len(by_own) - right
    minutes = sum(one.moving_min for one in runs)
    found_min = sum(one.moving_min for one in runs if one.row["activity_id"] in by_own)
    share = f"{right} ({100 * right / len(runs):.1f} %)" if runs else ""
    of_time = f"{100 * found_min / minutes:.1f} %" if minutes else ""
    which = "every second" if said else "all"
    others = f"{len(hidden) - len(runs)}"
    return history, sense, which, f"{len(runs)}", f"{moved}", share, of_time, others, f"{wrong}"


def called_runs(hidden: Sequence[Row], said: Sequence[Row]) -> set[str]:
    """Ids of the hidden recordings that a home with these and the said ones counts as runs."""
    rows = [*hidden, *said]
    frame = pl.DataFrame(rows, schema=dict(ACTIVITY_SCHEMA), orient="row")
    found = kinds(frame, NO_TWINS, {}, None).filter(pl.col("sport") == "running")
    return set(found["activity_id"]) & {row["activity_id"] for row in hidden}


def strangers(typed: Sequence[Typed]) -> Table:
    """One row per history with enough runs: how many recordings of other kinds from all other
    histories would be called runs in it, whole and in pieces.
    """
    rows: Table = []
    pieces = {sense: list(_pieces(typed, sense)) for sense in (HEART, SPEED)}
    for history in sorted({one.history for one in typed}):
        own = [one for one in typed if one.history == history]
        if sum(one.is_run for one in own) < FEWEST_RUNS:
            continue
        for sense in (HEART, SPEED):
            others = [o for o in typed if o.history != history and not o.is_run]
            whole = [o.hidden(sense) for o in others]
            cut = [row for owner, row in pieces[sense] if owner != history]
            said = [one.row for one in own]
            counts = (f"{count}" for rows_of in (whole, cut) for count in _called(rows_of, said))
            rows.append((history, sense, *counts))
    return rows


def _called(hidden: Sequence[Row], said: Sequence[Row]) -> tuple[int, int, int]:
    """How many there are, how many their movement calls runs, and how many with the own runs.
    Each is judged as the only stranger: no other one's kind says anything of the home.
    """
    by_movement = sum(is_run(row["movement_sport"] or "") for row in hidden)
    left_open = [row for row in hidden if row["movement_sport"] is None]
    return len(hidden), by_movement, by_movement + len(called_runs(left_open, said))


def _pieces(typed: Iterable[Typed], sense: str) -> Iterator[tuple[str, Row]]:
    """Pieces cut at random from recordings of other kinds, as hidden rows."""
    chance = np.random.default_rng(20261130)
    for one in typed:
        if one.is_run or one.recorded_s < PIECE_S[-1]:
            continue
        for number, lasting_s in enumerate(PIECE_S * (PIECES // len(PIECE_S))):
            first_s = chance.uniform(0.0, one.recorded_s - lasting_s)
            part = one.records.filter(pl.col("elapsed_s").is_between(first_s, first_s + lasting_s))
            yield one.history, _row_of_part(one, part, lasting_s, sense, number)


def _row_of_part(one: Typed, part: pl.DataFrame, lasting_s: float, sense: str, number: int) -> Row:
    way_m = part["distance_m"].drop_nulls().cast(pl.Float64).to_numpy()
    mps = float(np.ptp(way_m)) / lasting_s if way_m.size else None
    beats = part["heart_rate_bpm"].mean() if sense == HEART else None
    bpm = float(beats) if isinstance(beats, float) else None
    return one.hidden(sense) | {
        "activity_id": f"{one.row['activity_id']}/{number}",
        "elapsed_s": lasting_s,
        "moving_s": lasting_s,
        "speed_mps": mps,
        "heart_rate_bpm": bpm,
        "movement_sport": sport_by_movement(part, mps, bpm),
        **window_columns(part),
    }


def thinned(typed: Sequence[Typed]) -> Table:
    """One row per distance between the records: runs, how many are recognised by their movement,
    others and how many are called runs.
    """
    rows: Table = []
    long = [one for one in typed if one.recorded_s >= PIECE_S[-1]]
    for sense in (HEART, SPEED):
        for apart_s in SPARSE_S:
            found = Counter((one.is_run, _shown_thinned(one, apart_s, sense)) for one in long)
            counts = [
                f"{sum(found[is_one, verdict] for verdict in verdicts)}"
                for is_one in (True, False)
                for verdicts in (SHOWN, ("running",))
            ]
            rows.append((f"{apart_s:.0f} s", sense, *counts))
    return rows


def _shown_thinned(one: Typed, apart_s: float, sense: str) -> str | None:
    """What the movement shows with a record about every `apart_s`, a quarter more or less."""
    chance = np.random.default_rng(20261130)
    timed = one.records.filter(pl.col("elapsed_s").is_not_null())
    time_s = timed["elapsed_s"].to_numpy()
    gaps_s = chance.uniform(0.75, 1.25, int(time_s[-1] / apart_s) + 1) * apart_s
    kept = np.unique(np.searchsorted(time_s, np.cumsum(gaps_s)).clip(max=time_s.size - 1))
    bpm = one.row["heart_rate_bpm"] if sense == HEART else None
    return sport_by_movement(timed[kept.tolist()], one.row["speed_mps"], bpm)
