"""The part of the FIT profile tightlog needs: which field holds what, in which scale, and the names
of enums.

Field numbers and names follow the public FIT profile (Garmin International). The names of enums are
in `names.json`, which `benchmarks/fit_profile.py` writes from the official SDK it names.
"""

import json
from collections.abc import Mapping
from importlib.resources import files

from tightlog.domain.channels import CHANNEL, CHANNELS, POSITION, FitField

# Tables of names by number, and where they come from (`source`).
NAMES = json.loads(files("tightlog.readers.fit").joinpath("names.json").read_text())

# device_info: source_type 5 is the watch itself, whose local device type 4 is a barometer.
LOCAL_SOURCE, LOCAL_BAROMETER = 5, 4
FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, ACTIVITY = 0, 12, 18, 19, 20, 21, 23, 34
HEART_BEATS, TIMESTAMP_CORRELATION, FIELD_DESCRIPTION = 132, 162, 206
WANTED = (
    FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, ACTIVITY, HEART_BEATS,
    TIMESTAMP_CORRELATION, FIELD_DESCRIPTION,
)  # fmt: skip

ACTIVITY_FILE, ACTIVITY_SUMMARY_FILE = 4, 20
TIMER_EVENT, TIMER_START = 0, 0
TIMER_STOPS = (1, 4, 8, 9)

# Positions are counted in semicircles and read as pairs, see `records`.
RECORD_FIELDS: Mapping[str, tuple[FitField, ...]] = {
    channel.name: channel.fit
    for channel in CHANNELS
    if channel.fit and channel.name not in POSITION
}
(LATITUDE,), (LONGITUDE,) = (CHANNEL[name].fit for name in POSITION)
CADENCE, FRACTIONAL_CADENCE, CADENCE_256 = FitField(4), FitField(53, 128.0), FitField(52, 256.0)
COMPRESSED_SPEED_DISTANCE = FitField(8)

FILE_ID_FIELDS: Mapping[str, tuple[FitField, ...]] = {"type": (FitField(0),)}

SESSION_FIELDS: Mapping[str, tuple[FitField, ...]] = {
    "ended_s": (FitField(253),),
    "started_s": (FitField(2),),
    "start_latitude": (FitField(3),),
    "sport": (FitField(5),),
    "sub_sport": (FitField(6),),
    "elapsed_s": (FitField(7, 1000.0),),
    "moving_s": (FitField(8, 1000.0),),
    "cadence": (FitField(18),),
    "fractional_cadence": (FitField(92, 128.0),),
    "ascent_m": (FitField(22),),
    "descent_m": (FitField(23),),
    "fractional_ascent_m": (FitField(199, 100.0),),
    "fractional_descent_m": (FitField(200, 100.0),),
    "rpe": (FitField(193, 10.0),),
    "energy_kcal": (FitField(11),),
    **{channel.name: channel.fit_session for channel in CHANNELS if channel.fit_session},
}

LAP_FIELDS: Mapping[str, tuple[FitField, ...]] = {
    "ended_s": (FitField(253),),
    "started_s": (FitField(2),),
    "elapsed_s": (FitField(7, 1000.0),),
    "moving_s": (FitField(8, 1000.0),),
    "cadence": (FitField(17),),
    "fractional_cadence": (FitField(80, 128.0),),
    "trigger": (FitField(24),),
    "sport": (FitField(25),),
    "sub_sport": (FitField(39),),
    **{channel.name: channel.fit_lap for channel in CHANNELS if channel.fit_lap},
}


def _enum(name: str) -> Mapping[int, str]:
    return {int(number): value for number, value in NAMES[name].items()}


# Seen in real files, and in no official list.
_SPORTS_BESIDE = {57: "auto_racing", 60: "health_snapshot"}
SPORTS = _SPORTS_BESIDE | dict(_enum("sport"))
SUB_SPORTS = _enum("sub_sport")
LAP_TRIGGERS = _enum("lap_trigger")
FILE_TYPES = _enum("file")
MANUFACTURERS = _enum("manufacturer")
GARMIN_PRODUCTS = {number: name.lower() for number, name in _enum("garmin_product").items()}


def name_of(names: Mapping[int, str], number: float | None, missing: str) -> str:
    """Name of an enum's number: `unknown_NN` for one the profile does not know, `missing` where
    the file holds none.
    """
    if number is None:
        return missing
    return names.get(int(number), f"unknown_{int(number)}")


def device(
    manufacturer: float | None, product: float | None, product_name: str | None
) -> str | None:
    """What recorded the file, in words: the maker, and its product where known."""
    maker = (
        _words(MANUFACTURERS.get(int(manufacturer), f"maker {int(manufacturer)}"))
        if manufacturer is not None
        else None
    )
    model = product_name or _model(maker, product)
    if maker is None or model is None:
        return maker or model
    return model if model.lower().startswith(maker.lower()) else f"{maker} {model}"


def _model(maker: str | None, product: float | None) -> str | None:
    if product is None:
        return None
    known = GARMIN_PRODUCTS.get(int(product)) if maker == "Garmin" else None
    return known.replace("_", " ") if known else f"product {int(product)}"


def _words(name: str) -> str:
    words = name.removesuffix("_byte").replace("_", " ")
    return words.upper() if words == "coros" else words[:1].upper() + words[1:]
