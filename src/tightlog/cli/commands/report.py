"""The command that writes the report for a physiotherapist."""

import argparse
from datetime import date, timedelta
from pathlib import Path

from tightlog.answers.report.facts import DEFAULT_D, default_span, report_facts
from tightlog.answers.report.page import report_html
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.home import private
from tightlog.home.settings import home_folder, settings_of
from tightlog.journal.moment import moment_of
from tightlog.warehouse import store
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted


def report_command(given: argparse.Namespace) -> int:
    """`report OUT.html`: the page for the days given, or the last three months known."""
    home = home_folder(given.home)
    settings = settings_of(home)
    version = store.published_version(home)

    def day_of(text: str | None) -> date | None:
        return None if text is None else moment_of(text, settings.zone).day

    known_first, known_last = default_span(version)
    first_day, last_day = day_of(given.first_day), day_of(given.last_day)
    last_day = last_day or known_last
    first_day = first_day or (
        known_first if last_day == known_last else last_day - timedelta(days=DEFAULT_D - 1)
    )
    facts = report_facts(
        home, settings, version, (first_day, last_day), name=given.name, with_notes=given.notes
    )
    target = Path(given.file).expanduser()
    with open(target, "w", encoding="utf-8", opener=private.owner_only) as file:
        file.write(report_html(facts))
    if given.json:
        print_json(
            {
                "file": str(target),
                "from": first_day,
                "to": last_day,
                "scored_days": facts.scores["scored_day_count"],
            }
        )
    else:
        print_paragraph(
            f"{target}: {date_words(first_day)} to {date_words(last_day)}, "
            f"{facts.scores['scored_day_count']} of "
            f"{counted(facts.day_count, 'day')} scored. Open it in a browser to print it."
        )
    return 0
