"""The commands that bring the warehouse up to date: refresh, ingest, rebuild, sample."""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from tightlog.cli.printing import print_json, print_paragraph, progress_call
from tightlog.errors import TightlogError, WriterBusy
from tightlog.home.settings import Home, existing_home, home_folder, settings_of
from tightlog.ingest.inbox import keep_path
from tightlog.nightly.nights import BUSY, FAILED, TIMER, night_under_way, note_night
from tightlog.refresh.refresh import RefreshSummary, refresh
from tightlog.words.dates import date_words
from tightlog.words.refresh import because_words

SHOWN_DIARIES = 10
SHOWN_FOREIGN = 5
# As long as the nightly flow waits for the refresh that holds the lock.
WAIT_S, RETRY_S = 17 * 60, 2.0


def refresh_command(given: argparse.Namespace) -> int:
    """`refresh`: ingest, analyse, publish; with `--nightly` as a timer starts it."""
    return (
        _nightly(existing_home(given.home), given.json)
        if given.nightly
        else _refreshed(home_folder(given.home), given.json)
    )


def rebuild_command(given: argparse.Namespace) -> int:
    """`rebuild`: the same from nothing but data/raw."""
    return _refreshed(home_folder(given.home), given.json, from_scratch=True)


def ingest_command(given: argparse.Namespace) -> int:
    """`ingest [PATH…]`: files given are copied into data/raw/inbox first; then only reading."""
    home = home_folder(given.home)
    kept = [keep_path(home, Path(path)) for path in given.paths]
    if kept and not given.json:
        there = sum(not one.is_new for one in kept)
        print_paragraph(
            f"{len(kept) - there} copied into {home.inbox}"
            + (f"; {there} already there" if there else "")
        )
    return _refreshed(home, given.json, analysed=False)


def sample_command(given: argparse.Namespace) -> int:
    """`sample DIR`: a home with a simulated runner's history as real files."""
    from tightlog.simulation.home import make_sample_home  # only this command needs the simulation

    made = make_sample_home(Path(given.folder).expanduser().absolute())
    if given.json:
        print_json(
            {
                "home": str(made.home),
                "activities": made.activities,
                "scores": made.scores,
                "last_day": made.last_day,
            }
        )
    else:
        print_paragraph(
            f"The sample home is {made.home}: {made.activities} activities and {made.scores} "
            "scores of a simulated runner "
            f"up to {date_words(made.last_day)}."
        )
    return 0


def _refreshed(home: Home, as_json: bool, from_scratch: bool = False, analysed: bool = True) -> int:
    settings = settings_of(home)
    bar, advance = progress_call()
    with bar:
        outcome = refresh(
            home, settings, progress=advance, from_scratch=from_scratch, analysed=analysed
        )
    if as_json:
        print_json(outcome.as_json())
    else:
        print_paragraph(refresh_words(outcome, home))
    return 0


def _nightly(home: Home, as_json: bool) -> int:
    """The refresh of a timer: it waits for another one, and notes how it went for `tightlog
    doctor`.
    """
    began_at = datetime.now(UTC)
    try:
        with night_under_way(home):
            code = _refreshed_when_free(home, as_json)
    except (TightlogError, OSError) as problem:
        note_night(
            home,
            began_at,
            str(problem),
            by=TIMER,
            how=BUSY if isinstance(problem, WriterBusy) else FAILED,
        )
        raise
    note_night(home, began_at, None, by=TIMER)
    return code


def _refreshed_when_free(home: Home, as_json: bool) -> int:
    give_up_at = time.monotonic() + WAIT_S
    while True:
        try:
            return _refreshed(home, as_json)
        except WriterBusy:
            if time.monotonic() >= give_up_at:
                raise
            time.sleep(RETRY_S)


def counted_all(outcome: RefreshSummary) -> str:
    """What the warehouse holds, in words."""
    counts = (
        (outcome.activities, "activity", "activities"),
        (outcome.scores, "score", "scores"),
        (outcome.days, "day", "days"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)


def refresh_words(outcome: RefreshSummary, home: Home) -> str:
    """The summary in sentences."""
    seen = sum(outcome.files.values())
    journal = "".join(f"\n{words}." for words in outcome.journal_words)
    if seen == 0 and outcome.scores == 0:
        return (
            "Nothing to read yet. Put run files (FIT, GPX, TCX, or a vendor's export ZIP) into "
            f"{home.raw} and refresh again.{journal}"
        )
    new = {
        status: count for status, count in outcome.files.items() if count and status != "unchanged"
    }
    parts = [f"{count:,} {status.replace('_', ' ')}" for status, count in new.items()]
    news = (
        f"{', '.join(parts)}; {outcome.files['unchanged']:,} unchanged" if parts else "nothing new"
    )
    gone = f" {outcome.removed:,} no longer there and taken out." if outcome.removed else ""
    is_told = outcome.files["unreadable"] or outcome.kept
    hint = " `tightlog files --status unreadable` says why." if is_told else ""
    diaries = "".join(f"\n{diary}." for diary in outcome.diaries[:SHOWN_DIARIES])
    more = (
        (
            f"\n{len(outcome.diaries) - SHOWN_DIARIES} more diaries: `tightlog files --json` says "
            "the same of them."
        )
        if len(outcome.diaries) > SHOWN_DIARIES
        else ""
    )
    because = because_words(outcome.from_scratch)
    anew = f"Everything was read again, because {because}.\n" if because else ""
    return (
        f"{anew}{seen:,} files seen: {news}.{gone}{kept_words(outcome)}{hint}\n"
        f"The warehouse holds {counted_all(outcome)}: {outcome.warehouse}"
        f"{diaries}{more}{journal}{_foreign_words(outcome)}"
    )


def kept_words(outcome: RefreshSummary) -> str:
    """How many files known before cannot be opened now, in a sentence; '' for none."""
    if not outcome.kept:
        return ""
    return f" {outcome.kept:,} known before cannot be opened now; what was read from them is kept."


def _foreign_words(outcome: RefreshSummary) -> str:
    if not outcome.foreign:
        return ""
    more = len(outcome.foreign) - SHOWN_FOREIGN
    names = ", ".join(outcome.foreign[:SHOWN_FOREIGN]) + (f" and {more:,} more" if more > 0 else "")
    return f"\nNot tightlog's and ignored among the versions: {names}."
