"""`tightlog report`: one page for a physiotherapist."""

import argparse
from datetime import date, timedelta
from pathlib import Path

from tightlog.answers.actions import entries
from tightlog.answers.report.facts import DEFAULT_D, default_span, report_facts
from tightlog.answers.report.page import report_html
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.home import private
from tightlog.home.settings import Settings, home_folder, settings_of
from tightlog.journal.moment import moment_of
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted

EXAMPLES = (
    ("tightlog report ~/back.html", message("the last three months, for a physiotherapist")),
    (
        "tightlog report ~/back.html --from 2026-01-01 --to 2026-05-31 --name 'A. Runner'",
        message("the days that matter, with a name"),
    ),
    ("tightlog report ~/back.html --notes", message("with the notes of your scores")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("file", metavar="OUT.html")
    parser.add_argument(
        "--from",
        dest="first_day",
        metavar="DAY",
        help=phrase("first day, e.g. 2026-03-01 (default: three months before the last day)"),
    )
    parser.add_argument(
        "--to",
        dest="last_day",
        metavar="DAY",
        help=phrase("last day (default: the last known day)"),
    )
    parser.add_argument("--name", default="", help=phrase("the runner's name, printed on the page"))
    parser.add_argument(
        "--question", metavar="TEXT", help=phrase("what you want to ask, kept until you change it")
    )
    parser.add_argument(
        "--notes", action="store_true", help=phrase("include the notes of the scores")
    )


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the page was written, for the days given or the last three months."""
    home = home_folder(given.home)
    settings = settings_of(home)
    version = store.published_version(home)
    if given.question is not None:
        entries.ask_at_next_visit(home, given.question, entries.moment(home, None))
    span = _span(given, settings, default_span(version))
    facts = report_facts(home, settings, version, span, name=given.name, with_notes=given.notes)
    target = Path(given.file).expanduser()
    with open(target, "w", encoding="utf-8", opener=private.owner_only) as file:
        file.write(report_html(facts))
    if given.json:
        print_json(
            {
                "file": str(target),
                "from": span[0],
                "to": span[1],
                "scored_days": facts.scores["scored_day_count"],
            }
        )
    else:
        print_paragraph(
            phrase(
                "{target}: {span} to {span_2}, {scored_day_count} of {day} scored. Open it in "
                "a browser to print it.",
                target=target,
                span=date_words(span[0]),
                span_2=date_words(span[1]),
                scored_day_count=facts.scores["scored_day_count"],
                day=counted(facts.day_count, "day"),
            )
        )
    return 0


def _span(
    given: argparse.Namespace, settings: Settings, known: tuple[date, date]
) -> tuple[date, date]:
    """The days given; where one is not, as in the last three months known."""

    def day_of(text: str | None) -> date | None:
        return None if text is None else moment_of(text, settings.zone).day

    first_day, last_day = day_of(given.first_day), day_of(given.last_day) or known[1]
    three_months_before = last_day - timedelta(days=DEFAULT_D - 1)
    return first_day or (known[0] if last_day == known[1] else three_months_before), last_day
