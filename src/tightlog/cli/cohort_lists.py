"""The lists of `tightlog cohort`: who needs a look, what the homes say together, and the homes."""

from datetime import datetime

import polars as pl

from tightlog.cli.printing import print_frame, print_paragraph
from tightlog.cohort.attention import by_home
from tightlog.cohort.cohort_words import (
    KINDS,
    STATES,
    looks_words,
    parts_words,
    points_words,
    range_words,
    reason_words,
    too_few_words,
)
from tightlog.language.catalogue import phrase, phrases
from tightlog.words.dates import moment_words
from tightlog.words.numbers import counted

TOLD = ("higher", "lower", "reacts")
HEADS = phrases(
    {
        "home": "home",
        "state": "state",
        "why": "why",
        "since": "since",
        "shares": "shares",
        "last_score": "newest score",
        "last_activity": "newest activity",
    }
)


def print_attention(
    rows: pl.DataFrame, members: pl.DataFrame, at: datetime, home: str | None
) -> None:
    """Prints the reasons to look at homes, or at one, the most urgent first, and which are out."""
    out = members.filter(pl.col("state").is_in(["failed", "gone", "not_shared"]))
    if home is not None:
        out = out.filter(pl.col("home") == home)
    homes, when = rows["home"].n_unique(), moment_words(at)
    if homes:
        said = f"{phrase('Who needs a look')}: {looks_words(homes, members.height, at)}"
    elif home is None:
        said = phrase("Nobody needs a look, as of {at}.", at=when)
    elif out.is_empty():
        said = phrase("Nothing asks for a look at {home}, as of {at}.", home=home, at=when)
    else:
        said = phrase("Of {home} nothing is known, as of {at}.", home=home, at=when)
    print_paragraph(said, style="bold")
    if not rows.is_empty():
        found = by_home(rows)
        why = [reason_words(row) for row in found.iter_rows(named=True)]
        # A home that has several is named in its first line.
        names = pl.when(pl.col("home").is_first_distinct()).then("home").otherwise(pl.lit(""))
        _print(found.select(names.alias("home"), pl.Series("why", why), "since"))
    if not out.is_empty():
        print()
        print_paragraph(phrase("Not read: {homes}.", homes=counted(out.height, "home")))
        _print(out.select("home", pl.col("state").replace(STATES), why="reason"))


def print_pooled(rows: pl.DataFrame) -> None:
    """Prints what is seen over all homes in sentences, the rest in a line each."""
    for kind, heading in KINDS.items():
        group = rows.filter(pl.col("kind") == kind)
        if group.is_empty():
            continue
        print_paragraph(heading, style="bold")
        is_told = pl.col("verdict").is_in(TOLD)
        for sentence in group.filter(is_told)["sentence"]:
            print_paragraph(sentence, indent=2)
        for row in group.filter(pl.col("verdict") == "nothing_seen").iter_rows(named=True):
            said = phrase(
                "Nothing is seen of {title}: {mean} points ({interval}), {runners}.",
                title=row["title"],
                mean=points_words(row["mean_points"]),
                interval=range_words(row["lasting_low"], row["lasting_high"]),
                runners=counted(row["homes"], "runner"),
            )
            print_paragraph(said, indent=2)
        few = group.filter(pl.col("verdict") == "too_few_homes")
        if not few.is_empty():
            print_paragraph(too_few_words(few["title"].to_list()), indent=2)
    if rows.is_empty():
        print_paragraph(phrase("No home shares estimates yet."))


def print_members(rows: pl.DataFrame) -> None:
    """Prints the homes, with what each shares."""
    shared = [parts_words(parts) for parts in rows["shared"]]
    _print(
        rows.select(
            "home",
            pl.col("state").replace(STATES),
            pl.Series("shares", shared),
            last_score="last_score_on",
            last_activity="last_activity_on",
            why="reason",
        )
    )


def _print(rows: pl.DataFrame) -> None:
    """Prints a table with heads in words."""
    print_frame(rows.rename({column: HEADS[column] for column in rows.columns}))
