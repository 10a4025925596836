"""Real histories: is the kind of an activity recognised, is nothing counted twice, what is unknown.

    python -m benchmarks.histories CORPUS                                prints the page
    python -m benchmarks.histories CORPUS --write docs/histories.md      writes it

CORPUS is a folder with one folder per history, each with the files of one runner (and folders
named `zoo` of files of many runners, which are no home). First every recording whose file says
its kind is judged as if the file did not say it: by its movement, then by the runner's own runs.
Then each history is read as the home of one runner. Nothing of the files themselves is printed.
"""

import argparse
import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import polars as pl

from benchmarks.hidden_kinds import (
    SENSES,
    VERDICTS,
    ZONE,
    by_history,
    by_kind,
    strangers,
    thinned,
    typed_recordings,
)
from tightlog.domain.sports import SportRule
from tightlog.home.settings import home_folder, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

ENDINGS = (".fit", ".gpx", ".tcx", ".gz", ".json", ".csv", ".zip")
MIXED, MANY = "zoo", "files of many runners"
# Two counted activities of one person that share this much of the shorter one were one.
DOUBLED_SHARE = 0.9


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
    typed = [one for folder in folders for one in typed_recordings(folder, _label(folder))]
    homes = [one for one in typed if not one.history.startswith(MANY)]
    rows = [history_row(folder) for folder in folders if MIXED not in folder.name]
    by_sense = (
        line
        for sense in SENSES
        for line in (
            f"\nBy {sense}:\n",
            *table(("said by the file", "recordings", *VERDICTS), by_kind(typed, sense)),
        )
    )
    return "\n".join(
        [
            HEAD,
            *by_sense,
            THINNED,
            *table(THINNED_COLUMNS, thinned(typed)),
            OWN_RUNS,
            *table(HIDDEN_COLUMNS, by_history(homes)),
            STRANGERS,
            *table(STRANGER_COLUMNS, strangers(typed)),
            COUNTED,
            *table(HISTORY_COLUMNS, [row for row in rows if row[1] != "0"]),
            "",
        ]
    )


THINNED_COLUMNS = (
    "a record every", "by", "runs", "recognised", "others", "called a run",
)  # fmt: skip
HIDDEN_COLUMNS = (
    "history", "by", "types hidden", "runs", "by movement", "with own runs", "of their time",
    "others", "called a run",
)  # fmt: skip
STRANGER_COLUMNS = (
    "in the history", "by", "recordings", "called a run by movement", "with own runs",
    "pieces", "called a run by movement", "with own runs",
)  # fmt: skip
HISTORY_COLUMNS = (
    "history", "activities", "not counted", "runs", "of these by", "unknown kind",
    "pairs counted twice", "days", "days not recorded", "days of unknown kind",
    "days of unmeasured distance",
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


def _label(folder: Path) -> str:
    """What may be shown of a history: how many files of which kind, not whose."""
    endings = Counter(
        path.suffix.lower().removeprefix(".")
        for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS
    )
    kinds = ", ".join(f"{count} {ending}" for ending, count in endings.most_common(3))
    return f"{MANY} ({kinds})" if MIXED in folder.name else kinds


HEAD = """# Kinds in real histories

Written by `python -m benchmarks.histories CORPUS --write docs/histories.md` from
published recordings of real people, which are not part of tightlog. A history is named by its
files only.

## Recognised by movement

Every recording whose file says its kind, judged as if it did not. Accidental starts are left
out."""
THINNED = """
The same recordings of 15 min or more with few records, without steps. The distance between two
records varies by a quarter.
"""
OWN_RUNS = """
## Recognised by the runner's own runs

Each history as the home of one runner: with all types hidden, and with every second one. What the
movement leaves open is compared with the runs that are sure.
"""
STRANGERS = """
The recordings of other kinds of all other histories, each put into the home of a runner with ten
runs or more, as if this runner had done it: the hardest case, because nothing else in the home
says that its runner rides or walks. Then pieces of 2 to 15 min cut out of them at random.
"""
COUNTED = """
## Read as homes

Each history as the home of one runner. *Pairs counted twice*: counted activities that share more
than nine tenths of the shorter one. The last three columns say on how many days the mileage is
unknown, and why.
"""


if __name__ == "__main__":
    main()
