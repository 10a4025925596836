"""Apps that wrote into Health Connect: their makers, and which of them counts on a day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tightlog.domain.diary import ContextValue
from tightlog.domain.formats import HEALTH_CONNECT
from tightlog.domain.wellness import Evidence, Origin
from tightlog.readers.health.documents import number
from tightlog.readers.health.nights import Measured
from tightlog.readers.health.sqlite_tables import Tables

# Part of an app's package, and its maker, whose steps are those of a wearable; other apps may
# count with the phone.
WEARABLES: Mapping[str, str] = {
    "garmin": "Garmin",
    "fitbit": "Fitbit",
    "ouraring": "Oura",
    "whoop": "WHOOP",
    "polar": "Polar",
    "withings": "Withings",
    "suunto": "Suunto",
    "coros": "COROS",
    "huami": "Amazfit",
    "zepp": "Amazfit",
    "ultrahuman": "Ultrahuman",
    "ringconn": "RingConn",
}
OTHERS: Mapping[str, str] = {"shealth": "Samsung Health", "apps.fitness": "Google Fit"}
# The list of the runner's own order that decides a quantity.
CATEGORY: Mapping[str, int] = {
    "steps": 1, "sleep_h": 5, "hrv_rmssd_ms": 6, "resting_heart_rate_bpm": 6,
}  # fmt: skip


@dataclass(frozen=True)
class Apps:
    """The package of each app by its number, and the order the runner gave the apps."""

    packages: Mapping[int, str]
    order: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, tables: Tables) -> "Apps":
        """The apps of a database."""
        packages = {
            int(row["row_number"]): str(row.get("package_name") or "").casefold()
            for row in tables.rows("application_info_table")
        }
        order = {
            int(number(row.get("health_data_category")) or 0): tuple(
                int(app)
                for one in str(row.get("app_id_priority_order") or "").split(",")
                if (app := number(one)) is not None
            )
            for row in tables.rows("health_data_category_priority_table")
        }
        return cls(packages, order)

    def ranked(self, name: str, days: Mapping[int, Mapping[date, Any]]) -> Iterable[int]:
        """The apps that have a quantity: in the runner's order, then those with more days."""
        order = self.order.get(CATEGORY[name], ())
        place = {app: index for index, app in enumerate(order)}
        return sorted(
            days,
            key=lambda app: (
                place.get(app, len(order)),
                -len(days[app]),
                self.packages.get(app, ""),
            ),
        )

    def measured(self, app: int, name: str = "") -> Measured:
        """Who measured: the app's maker where it is known, and on what it rests."""
        package = self.packages.get(app, "")
        maker = next((title for part, title in WEARABLES.items() if part in package), None)
        other = next((title for part, title in OTHERS.items() if part in package), None)
        is_phone = maker is None and name == "steps"
        evidence = Evidence.PHONE if is_phone else Evidence.WEARABLE
        return Measured(HEALTH_CONNECT.name, maker or other, Origin.COPY, evidence)

    def values(self, name: str, days: Mapping[int, Mapping[date, float]]) -> Iterator[ContextValue]:
        """One value a day, of the first app that has one."""
        best: dict[date, tuple[int, float]] = {}
        for app in self.ranked(name, days):
            for day, value in days[app].items():
                best.setdefault(day, (app, value))
        for day in sorted(best):
            app, value = best[day]
            yield from self.measured(app, name).value(day, name, value)
