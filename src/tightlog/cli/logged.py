"""The answer of the commands that log: what was written and where, and any red flag at once."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tightlog.cli.printing import print_json, print_paragraph
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase

if TYPE_CHECKING:  # what logs imports it anyway; a list of entries does not wait for it
    from tightlog.answers.actions.entries import Logged


def print_logged(
    home: Home, logged: "Logged", what: str, facts: dict[str, Any] | None, entry: str | None = None
) -> int:
    """Exit code 0 after the answer was printed: as JSON when `facts` are given, else in words.

    `entry` is the id to show when it is not that of the entry just written.
    """
    flag = logged.red_flag
    if facts is not None:
        print_json(facts | {"red_flag": flag.evidence if flag else None})
        return 0
    place = "" if home.folder == Path.cwd() else phrase(" in {folder}", folder=home.folder)
    print_paragraph(
        phrase(
            "Logged{place}: {what} (entry {entry}). It counts from the next refresh.",
            place=place,
            what=what,
            entry=entry or logged.entry_id,
        )
    )
    if flag:
        # Only here: the rules behind the advice take long to load.
        from tightlog.advice.choose import red_flag_advice

        stop = red_flag_advice(flag.names, flag.evidence)
        clearing = phrase("To clear it: tightlog rate --clear-red-flag")
        for text in ("", stop.your_data, stop.article_says, stop.what_is_known, clearing):
            print_paragraph(text, style="bold")
    return 0
