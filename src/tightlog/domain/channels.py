"""Every recorded quantity, declared once: column, unit, meaning, range, place in each format.

Schemas, field tables of the readers, columns and comments in SQL and checks are made from here, or
tested against it. To add a channel: declare it here; where it has a mean, add the field to
`Activity` and the column to `activity.sql`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Range = tuple[float, float]

# A slower or faster heart is a sensor's error. By the rule of thumb "220 less the age"
# the upper end is the highest anybody has (Fox, Naughton & Haskell 1971, Ann Clin Res 3:404).
CREDIBLE_HEART_RATE_BPM: Range = (30.0, 220.0)


class FitField(NamedTuple):
    """Number of a FIT field, and how its raw value becomes its unit: raw / scale - offset."""

    number: int
    scale: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True)
class Channel:
    """One recorded quantity; `name` is its column wherever it is stored and ends in its unit.

    Of several FIT fields the first is the wider ("enhanced") one, and the next fills in per value.
    GPX and TCX tags are local names, without prefix.
    """

    name: str
    meaning: str
    unit: str
    # Outside it no sensor measures: such a value is dropped when it is read, in every format.
    credible: Range | None = None
    # Outside it nobody runs: not used in windows, curves and norms; the record keeps it.
    of_a_run: Range | None = None
    # What the relation `activity` holds of it, before the unit; None where it has no mean.
    mean: str | None = None
    # What makes one recording of a run richer than another (see twins).
    tells_of: Literal["body", "place"] | None = None
    note: str = ""
    # 0 means "no signal"; elsewhere 0 is a value.
    is_zero_missing: bool = False
    # Name in the readers before conversion, where that needs more than a scale.
    recorded_as: str = ""
    fit: tuple[FitField, ...] = ()
    fit_session: tuple[FitField, ...] = ()
    fit_lap: tuple[FitField, ...] = ()
    gpx: tuple[str, ...] = ()
    gpx_attribute: str | None = None
    tcx: tuple[str, ...] = ()

    @property
    def raw_name(self) -> str:
        """Name of the column as a reader finds it in the file."""
        return self.recorded_as or self.name

    @property
    def comment(self) -> str:
        """Comment of the column in `record`."""
        return f"{self.meaning}, {self.unit}" + (f"; {self.note}" if self.note else "")

    @property
    def mean_comment(self) -> str:
        """Comment of the column in `activity`."""
        return f"{self.mean}, {self.unit}"

    @property
    def range_in_run(self) -> Range | None:
        """Range in which its stored value is believed while running; None where any value is."""
        return self.of_a_run or (None if self.recorded_as else self.credible)

    def credited(self, value: float | None) -> float | None:
        """The value where it lies in the credible range; None else."""
        low, high = self.credible or (float("-inf"), float("inf"))
        return value if value is not None and low <= value <= high else None


# In the order of the columns of `record`.
CHANNELS: tuple[Channel, ...] = (
    Channel(
        "latitude_deg", "latitude", "degrees north", credible=(-90.0, 90.0), tells_of="place",
        fit=(FitField(0),), gpx_attribute="lat", tcx=("LatitudeDegrees",),
    ),
    Channel(
        "longitude_deg", "longitude", "degrees east", credible=(-180.0, 180.0),
        fit=(FitField(1),), gpx_attribute="lon", tcx=("LongitudeDegrees",),
    ),
    Channel(
        # From below the Dead Sea to above Everest.
        "altitude_m", "altitude", "m", credible=(-500.0, 9_500.0), tells_of="place",
        fit=(FitField(78, 5.0, 500.0), FitField(2, 5.0, 500.0)),
        gpx=("ele",), tcx=("AltitudeMeters",),
    ),
    Channel(
        "distance_m", "distance since the start", "m", credible=(0.0, 1e7), tells_of="place",
        fit=(FitField(5, 100.0),), fit_session=(FitField(9, 100.0),), fit_lap=(FitField(9, 100.0),),
        gpx=("distance", "Distance"), tcx=("DistanceMeters",),
    ),
    Channel(
        "speed_mps", "speed", "m/s", credible=(0.0, 100.0), tells_of="place",
        mean="mean speed while the timer ran",
        fit=(FitField(73, 1000.0), FitField(6, 1000.0)),
        fit_session=(FitField(124, 1000.0), FitField(14, 1000.0)),
        gpx=("speed", "Speed"), tcx=("Speed",),
    ),
    Channel(
        # The range is that of the recorded value, whatever it counts; 255 is FIT's mark for none.
        # A cadence has a whole and a fractional FIT field, see `readers/fit/profile.py`.
        "cadence_spm", "cadence", "steps/min of both feet on foot, else cycles/min",
        credible=(0.0, 254.0), tells_of="body",
        mean="mean cadence of the non-zero values while the timer ran",
        note="0 is standing still, null not measured", recorded_as="cadence_raw",
        gpx=("cad", "cadence", "Cadence", "RunCadence", "runCadence", "run_cadence"),
        tcx=("RunCadence", "Cadence"),
    ),
    Channel(
        "heart_rate_bpm", "heart rate", "beats/min",
        credible=CREDIBLE_HEART_RATE_BPM, tells_of="body",
        mean="mean heart rate", is_zero_missing=True,
        fit=(FitField(3),), fit_session=(FitField(16),), fit_lap=(FitField(15),),
        gpx=("hr", "heartrate", "HeartRate", "heartRate", "heart_rate", "HeartRateBpm"),
        tcx=("Value",),
    ),
    Channel(
        "power_w", "power", "W", credible=(0.0, 3_000.0), mean="mean power", tells_of="body",
        fit=(FitField(7),), fit_session=(FitField(20),),
        gpx=("power", "Power", "PowerInWatts", "watts", "Watts"), tcx=("Watts",),
    ),
    Channel(
        "vertical_oscillation_mm", "vertical oscillation", "mm", of_a_run=(20.0, 200.0),
        mean="mean vertical oscillation", tells_of="body",
        is_zero_missing=True,
        fit=(FitField(39, 10.0),), fit_session=(FitField(89, 10.0),),
    ),
    Channel(
        "vertical_ratio_pct", "vertical oscillation over step length", "%", of_a_run=(2.0, 25.0),
        mean="mean vertical ratio", tells_of="body",
        is_zero_missing=True,
        fit=(FitField(83, 100.0),), fit_session=(FitField(132, 100.0),),
    ),
    Channel(
        "ground_contact_ms", "ground contact time", "ms", of_a_run=(100.0, 500.0),
        mean="mean ground contact time", tells_of="body",
        is_zero_missing=True,
        fit=(FitField(41, 10.0),), fit_session=(FitField(91, 10.0),),
    ),
    Channel(
        "ground_contact_left_pct", "share of ground contact on the left foot", "%",
        of_a_run=(35.0, 65.0), mean="mean share of ground contact on the left foot",
        tells_of="body", is_zero_missing=True,
        fit=(FitField(84, 100.0),), fit_session=(FitField(133, 100.0),),
    ),
    Channel(
        "step_length_mm", "step length", "mm", of_a_run=(300.0, 2500.0),
        mean="mean step length", tells_of="body",
        is_zero_missing=True,
        fit=(FitField(85, 10.0),), fit_session=(FitField(134, 10.0),),
    ),
)  # fmt: skip

CHANNEL: Mapping[str, Channel] = {channel.name: channel for channel in CHANNELS}
HEART_RATE, CADENCE = CHANNEL["heart_rate_bpm"], CHANNEL["cadence_spm"]
# Read and believed as a pair.
POSITION = ("latitude_deg", "longitude_deg")
WITH_MEAN = tuple(channel for channel in CHANNELS if channel.mean)
# Their means have rules of their own in each reader; that of any other is the mean of its records.
MEAN_BY_RULE = frozenset({"speed_mps", "cadence_spm", "heart_rate_bpm", "power_w"})
PLAIN_MEANS = tuple(channel for channel in WITH_MEAN if channel.name not in MEAN_BY_RULE)


def of_a_run(name: str) -> Range:
    """Range of a channel in which anybody runs; raises KeyError where none is declared."""
    limits = CHANNEL[name].of_a_run
    if limits is None:
        raise KeyError(f"no range of a run is declared for {name}")
    return limits
