"""Results grouped by verdict under headings, so that nothing is repeated."""

import textwrap
from collections.abc import Iterator, Mapping

import polars as pl

from tightlog.cli.printing import console, print_paragraph
from tightlog.language.catalogue import message, phrase, phrases
from tightlog.words.findings import DAILY_LIFE
from tightlog.words.numbers import first_lower, first_upper
from tightlog.words.visible import visible

FINDING_HEADINGS = phrases(
    {
        "clear": "What goes with your tightness",
        "possible": "Possible, but not sure",
        "hint": "Hints, seen twice a week apart; they may fade",
        "reacts": "Where your training seems to react to your back",
        "nothing_seen": "No link seen; one this large would probably have shown",
        "not_enough_data": "Not enough data yet",
    }
)
# Before the headings of what a watch or the diary says of nights and days.
OF_LIFE = message("Nights and days: ")
LIFE_REACTS = message("where they seem to follow your back")
EFFECT_HEADINGS = phrases(
    {
        "helps": "Goes with less tightness the next day",
        "hurts": "Goes with more tightness the next day",
        "hint": "Hints, seen twice a week apart; they may fade",
        "nothing_seen": "No difference seen the next day",
        "not_enough_data": "Not enough data yet",
    }
)
NOTHING_YET = message(
    "Nothing to test yet: rate your back with `tightlog rate`, log what you do with "
    "`tightlog did`, then `tightlog refresh`."
)


def print_groups(groups: Iterator[tuple[str, list[str]]]) -> None:
    """Prints the groups, or what to do when there is none."""
    printed = False
    for heading, lines in groups:
        print_paragraph(f"{chr(10) if printed else ''}{heading}", style="bold")
        for line in lines:
            # Unlike the console's own wrapping this keeps a number with its % sign, and hangs the
            # lines under the first.
            wrapped = textwrap.fill(
                visible(line),
                console().width,
                initial_indent="- ",
                subsequent_indent="  ",
                break_on_hyphens=False,
            )
            console().print(wrapped, markup=False, soft_wrap=True)
        printed = True
    print_paragraph(
        phrase("\n“Goes with” does not mean “causes”.") if printed else phrase(NOTHING_YET)
    )


def finding_groups(rows: pl.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """Headings with their lines, links first, training before nights and days; verdicts without a
    finding are left out.
    """
    is_life = (_column(rows, "family") == DAILY_LIFE).fill_null(False)
    yield from _groups_of_family(rows.filter(~is_life), FINDING_HEADINGS)
    yield from _groups_of_family(
        rows.filter(is_life),
        {
            verdict: phrase(OF_LIFE)
            + (phrase(LIFE_REACTS) if verdict == "reacts" else first_lower(heading))
            for verdict, heading in FINDING_HEADINGS.items()
        },
    )


def _groups_of_family(
    rows: pl.DataFrame, headings: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    # A version published by an earlier tightlog has only sentences, until the next refresh.
    has_words = {"title", "still_needed", "would_have_shown", "statement"} <= set(rows.columns)
    for verdict, heading in headings.items():
        group = rows.filter(pl.col("verdict") == verdict).sort(
            "p_value", nulls_last=True, maintain_order=True
        )
        if group.is_empty():
            continue
        if not has_words:
            yield heading, group["sentence"].to_list()
        elif verdict == "not_enough_data":
            yield heading, _needs(group)
        elif verdict == "nothing_seen":
            yield (
                heading,
                [
                    f"{first_upper(title)}: {shown or _what_showed(reason)}"
                    for title, shown, reason in group.select(
                        "title", "would_have_shown", _column(group, "verdict_reason")
                    ).iter_rows()
                ],
            )
        else:
            yield heading, _told_as_one(group)


def _told_as_one(group: pl.DataFrame) -> list[str]:
    # Links that are one thing by several measures are one line, that of the strongest.
    rows = group.select("title", _with_details(group), *_codes(group))
    heads = set(rows["exposure"].drop_nulls())
    also: dict[str, list[str]] = {}
    for title, _, _, same_as in rows.iter_rows():
        if same_as in heads:
            also.setdefault(same_as, []).append(title)
    return [
        phrase(
            "{statement} The same thing by another measure: {also}.",
            statement=statement,
            also=", ".join(also[exposure]),
        )
        if exposure in also
        else statement
        for _, statement, exposure, same_as in rows.iter_rows()
        if same_as not in heads
    ]


def _column(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name) if name in rows.columns else pl.lit(None, pl.String).alias(name)


def _codes(rows: pl.DataFrame) -> list[pl.Expr]:
    return [_column(rows, name) for name in ("exposure", "same_as")]


def _with_details(rows: pl.DataFrame) -> pl.Expr:
    """What is told, with the numbers behind it in brackets."""
    numbers = _column(rows, "details").str.strip_suffix(".")
    both = pl.concat_str("statement", pl.lit(" ("), numbers, pl.lit(")."))
    return both.fill_null(pl.col("statement")).alias("statement")


def _what_showed(reason: str | None) -> str:
    if reason == "seen_once":
        return phrase("what showed is new this week and may fade")
    return phrase("what showed did not hold up when checked")


def effect_groups(rows: pl.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """Headings with their lines, one intervention per line."""
    for verdict, heading in EFFECT_HEADINGS.items():
        group = rows.filter(pl.col("verdict") == verdict)
        if not group.is_empty():
            told = group.select("title", pl.coalesce("still_needed", _with_details(group)))
            yield heading, [f"{title}: {words}" for title, words in told.iter_rows()]


def _needs(group: pl.DataFrame) -> list[str]:
    # What several need alike is printed once: "37 of 60 scores: distance run the day before; …".
    lines = []
    for needed, titles in (
        group.group_by("still_needed", maintain_order=True).agg("title").iter_rows()
    ):
        lines.append(
            f"{first_upper(titles[0])}: {needed}"
            if len(titles) == 1
            else f"{first_upper(needed)}: {'; '.join(titles)}"
        )
    return lines
