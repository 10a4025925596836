"""The second readings: whether fitparse finds in the FIT files what the warehouse holds."""

import shlex
from collections.abc import Mapping

from tightlog.answers.doctor.check import Check
from tightlog.answers.second_reading_words import difference_words
from tightlog.errors import TightlogError
from tightlog.home.second_reading import Outcome, SecondReading
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase
from tightlog.refresh.read_again import standing
from tightlog.warehouse import store

NAME = "second reading"
SHOWN = 3


def second_reading(home: Home) -> Check:
    """How many FIT files were read a second time, and what differs."""
    try:
        files = dict(store.answer(store.published_version(home), "fit_files").iter_rows())
    except TightlogError:
        return Check(NAME, True, phrase("nothing read yet"))
    readings = {sha256: one for sha256, one in standing(home).items() if sha256 in files}
    different = {
        files[sha256]: one for sha256, one in readings.items() if one.outcome is Outcome.DIFFERENT
    }
    if different:
        return _differing(different)
    if not readings:
        return Check(
            NAME,
            True,
            phrase("none yet; the nightly run reads a few FIT files a second time"),
        )
    same = sum(one.outcome is Outcome.SAME for one in readings.values())
    others = len(readings) - same
    more = phrase(", {others:,} cannot be read by it", others=others) if others else ""
    return Check(
        NAME,
        True,
        phrase(
            "{same:,} of {files:,} FIT files verified by fitparse{more}; none differs",
            same=same,
            files=len(files),
            more=more,
        ),
    )


def _differing(different: Mapping[str, SecondReading]) -> Check:
    places = sorted(different)
    named = "; ".join(
        f"{place}: {difference_words(different[place].differences)}" for place in places[:SHOWN]
    )
    more = (
        phrase("; and {places:,} more", places=len(places) - SHOWN) if len(places) > SHOWN else ""
    )
    return Check(
        NAME,
        False,
        phrase(
            "fitparse finds something else in {places:,} FIT files: {named}{more}",
            places=len(places),
            named=named,
            more=more,
        ),
        phrase(
            "look at the messages with: tightlog files --explain {quote}; the warehouse keeps "
            "what tightlog read; please report it as a bug in tightlog",
            quote=shlex.quote(places[0]),
        ),
    )
