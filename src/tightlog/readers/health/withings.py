"""Withings: `sleep.csv` of its export, one row a sleep with the offset of its clock.

from,to,"light (s)","deep (s)","rem (s)","awake (s)",…,"Average heart rate",…
"""

from tightlog.domain.formats import WITHINGS
from tightlog.readers.health.day_tables import Maker, NightTable

SLEEP = NightTable(
    frozenset({"from", "to", "light (s)", "deep (s)"}),
    1.0,
    began="from",
    ended="to",
    deep="deep (s)",
    light="light (s)",
    rem="rem (s)",
    awake="awake (s)",
)
MAKER = Maker(WITHINGS, "Withings", (SLEEP,))
