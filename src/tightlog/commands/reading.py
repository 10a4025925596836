"""The commands that read results: today, files, features, sql, export."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import polars as pl

from tightlog import private
from tightlog.advice.interventions import ARTICLE_NAME
from tightlog.commands.printing import print_frame, print_indented, print_json, print_paragraph
from tightlog.diary import newer_words
from tightlog.errors import QueryError
from tightlog.features.context import SOURCE as DIARY
from tightlog.features.feature import OURS
from tightlog.patterns.wording import date_words, weekday
from tightlog.settings import Settings, home_folder, settings_of
from tightlog.today import Today, reminder, today
from tightlog.warehouse import store
from tightlog.warehouse.export import exported


def today_command(given: argparse.Namespace) -> int:
    """`today`: what is building up and what to do."""
    home = home_folder(given.home)
    settings = settings_of(home)
    facts = today(home, store.published_version(home), datetime.now(settings.zone).date())
    if given.json:
        print_json(asdict(facts))
        return 0
    _print_today(facts, settings)
    return 0


def _print_today(facts: Today, settings: Settings) -> None:
    print_paragraph(f"{weekday(facts.local_day)} {date_words(facts.local_day)}{' · simulated runner' if facts.is_sample else ''}", style="bold")
    for sentence in _state_words(facts, settings):
        print_paragraph(sentence)
    for match in facts.matches:
        print_paragraph(f"\n{match['title']} ({match['state']} since {date_words(match['started_on'])}, grade {match['grade']})", style="bold")
        print_paragraph(match["evidence"])
    for row in facts.advice:
        print_paragraph(f"\n{row['rank']}. {row['title']} · {row['pattern_title']}", style="bold")
        for label, part in (("", "article_says"), ("Your data: ", "your_data"), ("Known: ", "what_is_known")):
            print_paragraph(f"{label}{row[part]}", indent=3)
    if facts.not_watched:
        needs = "; ".join(f"{row['title']} ({row['needs'].removeprefix('not watched: ')})" for row in facts.not_watched)
        print_paragraph(f"\nNot watched: {needs}")
    print_paragraph(f"\nThe interventions are those of one article, {ARTICLE_NAME}, in our own words. "
                    "tightlog is not a medical device and gives no diagnosis.")


def _state_words(facts: Today, settings: Settings) -> Iterator[str]:
    """What is known and how fresh it is, one sentence each."""
    if facts.newer_lines:
        yield f"{newer_words(facts.newer_lines)}."
    score = facts.newest_score
    yield f"Newest score: {score.score:g} on {date_words(score.day)}." if score else "No score yet. `tightlog rate 3` logs one."
    if facts.red_flag is None and (words := reminder(score, facts.local_day)):
        yield words
    refreshed = facts.refreshed_at.astimezone(settings.zone)
    newest = f"Newest activity: {date_words(facts.last_activity_on)}. " if facts.last_activity_on else "No activity yet. "
    yield f"{newest}Refreshed {date_words(refreshed.date())}, {refreshed:%H:%M} {settings.time_zone} time."
    if not facts.is_analysed:
        yield "Files were read since, but not worked out yet. `tightlog refresh` does it."
    elif facts.as_of < facts.local_day or facts.is_pending:
        yield f"Worked out for {date_words(facts.as_of)}, without what you logged since. `tightlog refresh` brings it up to date."
    if facts.last_day is not None and not facts.is_fresh:
        yield "The newest data are older than a week, so nothing can be said about today."


def files_command(given: argparse.Namespace) -> int:
    """`files [--status S]`: every file seen, what became of it and why."""
    rows = store.answer(store.published_version(home_folder(given.home)), "files_told", [given.status])
    if not given.json:
        # On a terminal what was taken from a diary stands where other files say what went wrong.
        rows = rows.with_columns(reason=pl.concat_str("reason", "columns", separator="; ", ignore_nulls=True)).drop("columns")
    print_frame(rows, "json" if given.json else "table")
    return 0


def features_command(given: argparse.Namespace) -> int:
    """`features`: what is computed per day."""
    features = store.relation(store.published_version(home_folder(given.home)), "feature")
    if given.json:
        print_frame(features, "json")
        return 0
    for family in features["family"].unique(maintain_order=True):
        print_paragraph(family.replace("_", " ").capitalize(), style="bold")
        for row in features.filter(pl.col("family") == family).iter_rows(named=True):
            print_indented(f"{row['feature']} [{row['unit']}]", 2)
            print_indented(row["definition"] if row["source"] in (OURS, DIARY) else f"{row['definition']}. Source: {row['source']}", 6)
    print_paragraph(f"({features.height} features, columns of the relation day)")
    return 0


def sql_command(given: argparse.Namespace) -> int:
    """`sql [QUERY]`: one read-only statement, or a prompt; on whatever version is there, whichever tightlog made it."""
    version = store.linked_version(home_folder(given.home))
    style = "json" if given.json else given.format
    if given.query is not None:
        print_frame(store.query(version, given.query), style)
        return 0
    print_paragraph("Read-only SQL; end a query with ; and leave with Ctrl-D. `select * from relation_guide;` lists what there is.")
    _prompt(version, style)
    return 0


def _prompt(version: Path, style: str) -> None:
    typed = ""
    while True:
        try:
            typed += input("sql> " if not typed else "...> ") + "\n"
        except EOFError:
            return
        if typed.rstrip().endswith(";"):
            try:
                print_frame(store.query(version, typed), style)
            except QueryError as problem:
                print_paragraph(str(problem))
            typed = ""


def export_command(given: argparse.Namespace) -> int:
    """`export DIR`: every relation as Parquet (the large ones by year) or as CSV."""
    version = store.published_version(home_folder(given.home))
    folder = Path(given.folder).expanduser()
    private.owner_only_folder(folder)
    written = exported(version, folder, given.format)
    if given.json:
        print_json({"folder": str(folder), "rows": written})
    else:
        print_paragraph(f"{len(written)} relations written to {folder}")
    return 0
