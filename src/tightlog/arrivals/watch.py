"""Watching data/raw and the sources: says when something new lies there and is written completely.

It lists the folders again and again. Events of the system would miss what another machine writes
on a network share, and the first files of a new folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tightlog.arrivals.sources import found_in, sources
from tightlog.home.arriving.source_list import is_of_source
from tightlog.home.settings import Home, Settings
from tightlog.ingest.ledger import Ledger, ingest_plan
from tightlog.ingest.source import found_files
from tightlog.warehouse.published import published

# A file that never stops growing is read all the same after this long.
LONGEST_WAIT_S = 180.0
GONE = ""
News = Mapping[str, str]


def news(home: Home, settings: Settings) -> News:
    """Fingerprint by path of each file that is not in the warehouse as it is now, GONE of one that
    is there no longer. Raises OSError when data/raw cannot be listed.

    A data/raw that is empty all at once is a disk that is not there, and no news.
    """
    known = published(home).files
    seen = sources(home, settings.sources, tuple(known["path"]))
    own = found_files(home.raw)
    if not own and not all(map(is_of_source, known["path"])):
        return {}
    plan = ingest_plan(Ledger(known), (*own, *found_in(seen)))
    changed = {file.path: file.stat_fingerprint for file in (*plan.changed, *plan.closed)}
    return changed | dict.fromkeys(plan.gone, GONE)


@dataclass
class Settling:
    """What was news at the last look, since when there is any, and what was acted upon."""

    last: News = field(default_factory=dict)
    since_s: float | None = None
    done: News = field(default_factory=dict)

    def is_due(self, seen: News, now_s: float) -> bool:
        """True when a refresh is to start: of what is news, something has not changed since the
        last look, or all of it has been changing for long; never twice for the same.
        """
        open_news = {path: mark for path, mark in seen.items() if self.done.get(path) != mark}
        settled = any(self.last.get(path) == mark for path, mark in open_news.items())
        self.last = dict(seen)
        if not open_news:
            self.since_s = None
            return False
        self.since_s = now_s if self.since_s is None else self.since_s
        if not settled and now_s - self.since_s < LONGEST_WAIT_S:
            return False
        self.since_s, self.done = None, dict(seen)
        return True
