"""The lists of `tightlog cohort`: who needs a look, what the homes say together, and the homes."""

from datetime import datetime

import polars as pl

from tightlog.cli.printing import print_frame, print_paragraph
from tightlog.cohort.attention import by_home
from tightlog.cohort.cohort_words import (
    KINDS,
    LEAST_HOMES,
    STATES,
    points_words,
    range_words,
    reason_words,
)
from tightlog.words.dates import moment_words
from tightlog.words.numbers import counted

TOLD = ("higher", "lower", "reacts")


def print_attention(
    rows: pl.DataFrame, members: pl.DataFrame, at: datetime, home: str | None
) -> None:
    """Prints the reasons to look at homes, the most urgent first, and the homes that are out."""
    if home is not None:
        rows = rows.filter(pl.col("home") == home)
    homes = rows["home"].n_unique()
    print_paragraph(
        f"{counted(homes, 'home')} of {members.height:,} need a look, as of {moment_words(at)}."
        if homes
        else f"None of {counted(members.height, 'home')} needs a look, as of {moment_words(at)}.",
        style="bold",
    )
    if not rows.is_empty():
        found = by_home(rows)
        why = [reason_words(row) for row in found.iter_rows(named=True)]
        # A home that has several is named in its first line.
        names = pl.when(pl.col("home").is_first_distinct()).then("home").otherwise(pl.lit(""))
        print_frame(found.select(names.alias("home"), pl.Series("why", why), "since"))
    out = members.filter(pl.col("state").is_in(["failed", "gone", "not_shared"]))
    if home is None and not out.is_empty():
        print_paragraph(f"\nNot read: {counted(out.height, 'home')}.")
        print_frame(out.select("home", pl.col("state").replace(STATES), "reason"))


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
            print_paragraph(
                f"Nothing is seen of {row['title']}: {points_words(row['mean_points'])} points "
                f"({range_words(row['lasting_low'], row['lasting_high'])}), "
                f"{counted(row['homes'], 'runner')}.",
                indent=2,
            )
        few = group.filter(pl.col("verdict") == "too_few_homes")
        if not few.is_empty():
            print_paragraph(
                f"Fewer than {LEAST_HOMES} homes, so nothing is said: "
                f"{'; '.join(few['title'].to_list())}.",
                indent=2,
            )
    if rows.is_empty():
        print_paragraph("No home shares estimates yet.")


def print_members(rows: pl.DataFrame) -> None:
    """Prints the homes, with what each shares."""
    print_frame(
        rows.select(
            "home",
            pl.col("state").replace(STATES),
            pl.col("shared").list.join(", "),
            "last_score_on",
            "last_activity_on",
            "reason",
        )
    )
