"""Starting a refresh."""

from tightlog.answers.actions import trials
from tightlog.home.settings import Home, settings_of
from tightlog.ingest.ledger import Progress
from tightlog.refresh.refresh import RefreshSummary, refresh
from tightlog.warehouse.read_only import held_open

__all__ = ["Progress", "RefreshSummary", "refreshed"]


def refreshed(
    home: Home,
    *,
    progress: Progress | None = None,
    from_scratch: bool = False,
    analysed: bool = True,
) -> RefreshSummary:
    """Summary after the warehouse was brought up to date with data/raw and the journal; a warning
    sign in a new score file then ends the running trial.

    Raises WriterBusy while another refresh holds the lock.
    """
    settings = settings_of(home)
    with held_open():
        outcome = refresh(
            home, settings, progress=progress, from_scratch=from_scratch, analysed=analysed
        )
        if outcome.may_be_flagged:
            trials.end_where_flagged(home)
    return outcome
