"""The commands that read results: today, findings, effects, files, features, sql, export."""

import argparse
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import polars as pl

from tightlog.commands.printing import print_frame, print_json, print_paragraph
from tightlog.errors import QueryError
from tightlog.settings import home_folder, settings_of
from tightlog.today import Today, today
from tightlog.warehouse import build, store


def today_command(given: argparse.Namespace) -> int:
    """`today`: what is building up and what to do."""
    home = home_folder(given.home)
    facts = today(home, store.published_version(home), datetime.now(settings_of(home).zone).date())
    if given.json:
        print_json(asdict(facts))
        return 0
    _print_today(facts)
    return 0


def _print_today(facts: Today) -> None:
    score = facts.newest_score
    print_paragraph(f"{facts.local_day:%A %d %B %Y}{' · simulated runner' if facts.is_sample else ''}", style="bold")
    print_paragraph(f"Newest score: {score.score:g} on {score.day:%d %B %Y}." if score else "No score yet. `tightlog rate 3` logs one.")
    if facts.last_activity_on:
        print_paragraph(f"Newest activity: {facts.last_activity_on:%d %B %Y}. Refreshed {facts.refreshed_at:%d %B %Y %H:%M} UTC.")
    if facts.as_of < facts.local_day or facts.is_pending:
        print_paragraph(f"Worked out for {facts.as_of:%d %B %Y}, without what you logged since. `tightlog refresh` brings it up to date.")
    if not facts.is_fresh:
        print_paragraph("The newest data are older than a week, so nothing can be said about today.")
    for match in facts.matches:
        print_paragraph(f"\n{match['title']} ({match['state']} since {match['started_on']:%d %B}, grade {match['grade']})", style="bold")
        print_paragraph(match["evidence"])
    for row in facts.advice:
        print_paragraph(f"\n{row['rank']}. {row['title']} · {row['dose']}", style="bold")
        for part in ("your_data", "what_is_known", "article_says"):
            print_paragraph(row[part], indent=3)
    if facts.not_watched:
        print_paragraph("\nNot watched: " + "; ".join(f"{row['title']} ({row['needs'].removeprefix('not watched: ')})" for row in facts.not_watched))
    print_paragraph("\ntightlog is not a medical device and gives no diagnosis.")


def findings_command(given: argparse.Namespace) -> int:
    """`findings`: what goes with the tightness."""
    return _sentences(given, "select * from finding", "select verdict, sentence from finding")


def effects_command(given: argparse.Namespace) -> int:
    """`effects`: what helped."""
    return _sentences(given, "select * from effect", """
        select e.verdict, i.title || ': ' || e.sentence as sentence
        from effect as e inner join intervention as i using (intervention)""")


def _sentences(given: argparse.Namespace, whole: str, shown: str) -> int:
    version = store.published_version(home_folder(given.home))
    if given.json:
        print_frame(store.query(version, whole), "json")
        return 0
    rows = store.query(version, shown)
    for verdict, sentence in rows.select("verdict", "sentence").iter_rows():
        print_paragraph(f"{verdict.replace('_', ' ')}: {sentence}")
    if rows.is_empty():
        print_paragraph("Nothing to test yet: rate your back with `tightlog rate`, log what you do with `tightlog did`, then `tightlog refresh`.")
    return 0


def files_command(given: argparse.Namespace) -> int:
    """`files [--status S]`: every file seen, what became of it and why."""
    version = store.published_version(home_folder(given.home))
    rows = store.query(version, "select path, member, status, activity_count, reason, columns from source_file where ? is null or status = ? "
                                "order by path, member nulls first", [given.status, given.status])
    if not given.json:
        # On a terminal what was taken from a diary stands where other files say what went wrong.
        rows = rows.with_columns(reason=pl.concat_str("reason", "columns", separator="; ", ignore_nulls=True)).drop("columns")
    print_frame(rows, "json" if given.json else "table")
    return 0


def features_command(given: argparse.Namespace) -> int:
    """`features`: what is computed per day."""
    print_frame(store.relation(store.published_version(home_folder(given.home)), "feature"), "json" if given.json else "table")
    return 0


def sql_command(given: argparse.Namespace) -> int:
    """`sql [QUERY]`: one read-only statement, or a prompt."""
    version = store.published_version(home_folder(given.home))
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
    """`export DIR`: every relation as a Parquet or CSV file."""
    version = store.published_version(home_folder(given.home))
    folder = Path(given.folder).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for name in build.relation_names():
        rows = store.relation(version, name)
        target = folder / f"{name}.{given.format}"
        if given.format == "parquet":
            rows.write_parquet(target)
        else:
            rows.with_columns(pl.col(pl.List(pl.String)).list.join("; ")).write_csv(target)
        written[name] = rows.height
    if given.json:
        print_json({"folder": str(folder), "rows": written})
    else:
        print_paragraph(f"{len(written)} relations written to {folder}")
    return 0
