"""Starting a refresh."""

from tightlog.home.settings import Home, settings_of
from tightlog.ingest.ledger import Progress
from tightlog.refresh.refresh import RefreshSummary, refresh

__all__ = ["Progress", "RefreshSummary", "refreshed"]


def refreshed(
    home: Home,
    *,
    progress: Progress | None = None,
    from_scratch: bool = False,
    analysed: bool = True,
) -> RefreshSummary:
    """Summary after the warehouse was brought up to date with data/raw and the journal.

    Raises WriterBusy while another refresh holds the lock.
    """
    return refresh(
        home, settings_of(home), progress=progress, from_scratch=from_scratch, analysed=analysed
    )
