"""Real histories: is the kind of an activity recognised, is nothing counted twice, what is unknown.

    python -m benchmarks.histories CORPUS                                prints the page
    python -m benchmarks.histories CORPUS --write docs/histories.md      writes it

CORPUS is a folder with one folder per history, each with the files of one runner (and folders
named `zoo` of files of many runners, which only take part in the first table). First every
recording whose file says its kind is judged by its movement alone, as if the file did not say it.
Then each history is read as the home of one runner. Nothing of the files themselves is printed.
"""

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from tightlog.domain.activity import Activity
from tightlog.domain.frames import Coverage
from tightlog.domain.sports import ACCIDENT_S, SportRule, is_run
from tightlog.features.load_balance import CHRONIC_D
from tightlog.home.settings import home_folder, settings_of
from tightlog.readers.content import read_content
from tightlog.readers.kind import sport_by_movement
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

ENDINGS = (".fit", ".gpx", ".tcx", ".gz", ".json", ".csv", ".zip")
MIXED = "zoo"
# Two counted activities of one person that share this much of the shorter one were one.
DOUBLED_SHARE = 0.9
ZONE = ZoneInfo("Europe/Zurich")
KINDS = ("running", "walking", "cycling", "other")
VERDICTS = ("a run", "a walk", "a drive", "no run", "unknown")
SHOWN = dict(zip(("running", "walking", "driving", "generic", None), VERDICTS, strict=True))


@dataclass(frozen=True)
class Typed:
    """A recording whose file says its kind, with what its movement shows: with heart rate and
    steps, and by its speed alone.
    """

    history: str
    sport: str
    shown: str
    shown_by_speed: str


def main() -> None:
    options = argparse.ArgumentParser(description="Kinds and double counting in real histories.")
    options.add_argument("corpus", type=Path)
    options.add_argument("--write", type=Path, help="the page to write instead of printing it")
    given = options.parse_args()
    text = page(given.corpus)
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    else:
        print(text)


def page(corpus: Path) -> str:
    """The whole page, in Markdown."""
    folders = sorted(folder for folder in corpus.iterdir() if folder.is_dir())
    typed = [one for folder in folders for one in typed_recordings(folder)]
    rows = [history_row(folder) for folder in folders if MIXED not in folder.name]
    return "\n".join(
        [
            HEAD,
            *table(("said by the file", "recordings", *VERDICTS), by_kind(typed, "shown")),
            BY_SPEED,
            *table(("said by the file", "recordings", *VERDICTS), by_kind(typed, "shown_by_speed")),
            PER_HISTORY,
            *table(("history", "runs", "recognised", "others", "called a run"), by_history(typed)),
            COUNTED,
            *table(HISTORY_COLUMNS, [row for row in rows if row[1] != "0"]),
            "",
        ]
    )


def typed_recordings(folder: Path) -> Iterator[Typed]:
    """Every recording of a history whose file says its kind, that is no accidental start."""
    for path in sorted(folder.rglob("*")):
        name = path.name.lower()
        if not path.is_file() or not any(end in name for end in ENDINGS[:3]):
            continue
        for activity in read_content(path.read_bytes(), path.name, ZONE, None).activities:
            lasting_s = activity.moving_s or activity.elapsed_s or 0.0
            if activity.sport_rule is not SportRule.FILE or activity.records.height < 2:
                continue
            if lasting_s >= ACCIDENT_S:
                yield _judged(_label(folder), activity)


def _judged(history: str, activity: Activity) -> Typed:
    factor = (activity.cadence_spm or 1.0) / (activity.cadence_raw or activity.cadence_spm or 1.0)
    as_recorded = activity.records.with_columns(pl.col("cadence_spm") / factor)
    bare = activity.records.with_columns(cadence_spm=pl.lit(None, pl.Float64))
    return Typed(
        history,
        activity.sport,
        SHOWN[sport_by_movement(as_recorded, activity.speed_mps, activity.heart_rate_bpm)],
        SHOWN[sport_by_movement(bare, activity.speed_mps, None)],
    )


def by_kind(typed: list[Typed], verdict: str) -> list[tuple[str, ...]]:
    """One row per kind: how many recordings, and how many got each verdict."""
    rows: list[tuple[str, ...]] = []
    for kind in KINDS:
        of_kind = [one for one in typed if _kind(one.sport) == kind]
        found = Counter(getattr(one, verdict) for one in of_kind)
        rows.append((kind, f"{len(of_kind)}", *(f"{found[one]}" for one in VERDICTS)))
    return rows


def by_history(typed: list[Typed]) -> list[tuple[str, ...]]:
    """One row per history: runs and how many are recognised, others and how many are taken for
    one.
    """
    rows: list[tuple[str, ...]] = []
    for history in sorted({one.history for one in typed}):
        own = [one for one in typed if one.history == history]
        runs, others = [o for o in own if is_run(o.sport)], [o for o in own if not is_run(o.sport)]
        right, wrong = (sum(one.shown == "a run" for one in part) for part in (runs, others))
        recognised = f"{right} ({100 * right / len(runs):.0f} %)" if runs else ""
        rows.append((history, f"{len(runs)}", recognised, f"{len(others)}", f"{wrong}"))
    return rows


HISTORY_COLUMNS = (
    "history", "activities", "not counted", "runs", "of these by", "unknown kind",
    "pairs counted twice", "days", "days not recorded", "days of unknown kind",
    "days of unmeasured distance", "watched days", "with 28 d of load", "after 28 watched days",
    "of these with 28 d of load",
)  # fmt: skip


def history_row(folder: Path) -> tuple[str, ...]:
    """What the home of one runner with these files holds."""
    with tempfile.TemporaryDirectory() as scratch:
        home = home_folder(scratch)
        home.settings_file.write_text(f'time_zone = "{ZONE.key}"\n', encoding="utf-8")
        shutil.copytree(folder, home.raw / folder.name, copy_function=shutil.copyfile)
        refresh(home, settings_of(home))
        version = store.published_version(home)
        every, days = store.relation(version, "activity"), store.relation(version, "day")
    counted = every.filter("is_counted")
    runs = counted.filter(pl.col("sport") == "running")
    rules = runs["sport_rule"].value_counts(sort=True)
    is_unrecorded = pl.col("run_count").is_null() & (pl.col("unknown_kind_min").is_null())
    is_unmeasured = (pl.col("run_count") > 0) & pl.col("run_distance_m").is_null()
    watched = (pl.col("coverage") == Coverage.WATCHED.value).cast(pl.Int64)
    is_four_weeks = watched.rolling_sum(CHRONIC_D) == CHRONIC_D
    return (
        _label(folder),
        f"{every.height}",
        f"{every.height - counted.height}",
        f"{runs.height}",
        ", ".join(f"{rule} {count}" for rule, count in rules.iter_rows()),
        f"{counted.filter(pl.col('sport_rule') == SportRule.UNKNOWN.value).height}",
        f"{doubled(counted)}",
        f"{days.height}",
        f"{days.filter(is_unrecorded).height}",
        f"{days.filter(pl.col('unknown_kind_min') > 0).height}",
        f"{days.filter(is_unmeasured).height}",
        *(
            f"{of_days.height if column is None else of_days[column].count()}"
            for of_days in (days.filter(watched == 1), days.filter(is_four_weeks))
            for column in (None, "load_28d_au")
        ),
    )


def doubled(activities: pl.DataFrame) -> int:
    """Pairs of activities of which the one lies in the other for more than nine tenths."""
    spans = [
        (start, start + timedelta(seconds=lasting_s))
        for start, lasting_s in activities.sort("started_at")
        .select("started_at", pl.coalesce("elapsed_s", "moving_s"))
        .iter_rows()
        if lasting_s
    ]
    pairs = 0
    for index, (start, end) in enumerate(spans):
        for other_start, other_end in spans[index + 1 :]:
            if other_start >= end:
                break
            shorter = min(end - start, other_end - other_start)
            pairs += min(end, other_end) - max(start, other_start) > DOUBLED_SHARE * shorter
    return pairs


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """A table in Markdown."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _kind(sport: str) -> str:
    if sport == "hiking":
        return "walking"
    return sport if sport in KINDS else "other"


def _label(folder: Path) -> str:
    """What may be shown of a history: how many files of which kind, not whose."""
    endings = Counter(
        path.suffix.lower().removeprefix(".")
        for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS
    )
    kinds = ", ".join(f"{count} {ending}" for ending, count in endings.most_common(3))
    return f"files of many runners ({kinds})" if MIXED in folder.name else kinds


HEAD = """# Kinds in real histories

Written by `python -m benchmarks.histories CORPUS --write docs/histories.md` from
published recordings of real people, which are not part of tightlog. A history is named by its
files only.

## Recognised by movement

Every recording whose file says its kind, judged as if it did not: speed over half-minutes,
steps and heart rate. Accidental starts are left out.
"""
BY_SPEED = """
The same by the speed alone, as of a phone without heart rate and steps:
"""
PER_HISTORY = """
Per history:
"""
COUNTED = """
## Read as homes

Each history as the home of one runner. *Pairs counted twice*: counted activities that share more
than nine tenths of the shorter one. *Days not recorded* to *days of unmeasured distance* say on how
many days the mileage is unknown, and why. The last columns count the days on which `load_28d_au` is
known: of all watched days, and of those with 27 more watched days right before them. The others
have an unwatched day in their four weeks, or begin the history: what was done then is not known.
"""


if __name__ == "__main__":
    main()
