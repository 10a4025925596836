"""A nightly run that was cut off, or waited in vain for another refresh, is tried again the same
night.
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient

from tightlog.home.settings import Home
from tightlog.nightly.nights import (
    BUSY,
    CUT_OFF,
    NIGHT,
    Nights,
    is_night_alive,
    nights,
    note_cut_off,
)

# Three tries a night in all.
PAUSES = (timedelta(seconds=30), timedelta(minutes=5))
# The note of a run is written a moment after its process let go of the lock.
GONE_FOR_S = 30


class SecondTry:
    """Starts a further try when one is due; to be asked every few seconds."""

    def __init__(self, home: Home, client: PrefectClient, deployment_id: UUID) -> None:
        self.home, self.client, self.deployment_id = home, client, deployment_id
        self.gone_since_s: float | None = None
        self.tried_for: datetime | None = None

    async def looked_for(self) -> None:
        """Starts a run when the last one calls for another try."""
        self._note_what_is_gone()
        known = nights(self.home)
        if known.ended_at == self.tried_for or not is_try_due(known, datetime.now(UTC)):
            return
        self.tried_for = known.ended_at
        await self.client.create_flow_run_from_deployment(self.deployment_id)
        print(
            (
                f"Try {known.tries + 1} of {len(PAUSES) + 1} of the nightly run starts now; the "
                f"last one ended so: {known.words}"
            ),
            file=sys.stderr,
            flush=True,
        )

    def _note_what_is_gone(self) -> None:
        """Notes a run as cut off whose process is gone and of which nobody else told."""
        if nights(self.home).under_way_since is None or is_night_alive(self.home):
            self.gone_since_s = None
        elif self.gone_since_s is None:
            self.gone_since_s = time.monotonic()
        elif time.monotonic() - self.gone_since_s > GONE_FOR_S:
            note_cut_off(self.home)
            self.gone_since_s = None


def is_try_due(known: Nights, now: datetime) -> bool:
    """True when the last run was cut off or found no free moment, and this night has a try left
    for now.
    """
    if (
        known.how not in (CUT_OFF, BUSY)
        or known.under_way_since
        or not 0 < known.tries <= len(PAUSES)
    ):
        return False
    if known.ended_at is None or known.first_try_at is None or now - known.first_try_at > NIGHT:
        return False
    return now - known.ended_at >= PAUSES[known.tries - 1]
