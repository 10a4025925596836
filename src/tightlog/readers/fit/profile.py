"""The part of the FIT profile tightlog needs: which field holds what, in which scale, and the names
of enums.

Field numbers and names follow the public FIT profile (Garmin International). Enum names come from
fitparse's copy of 2019; newer names are added here.
"""

from collections.abc import Mapping

from fitparse.profile import FIELD_TYPES

from tightlog.domain.channels import CHANNEL, CHANNELS, POSITION, FitField

# device_info: source_type 5 is the watch itself, whose local device type 4 is a barometer.
LOCAL_SOURCE, LOCAL_BAROMETER = 5, 4
FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, ACTIVITY = 0, 12, 18, 19, 20, 21, 23, 34
WANTED = (FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, ACTIVITY)

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

_SPORTS_SINCE = {
    49: "baseball", 53: "diving", 57: "auto_racing", 60: "health_snapshot", 62: "hiit",
    63: "video_gaming", 64: "racket", 65: "wheelchair_push_walk", 66: "wheelchair_push_run",
    67: "meditation", 69: "disc_golf", 71: "cricket", 72: "rugby",
    73: "hockey", 74: "lacrosse", 75: "volleyball", 76: "water_tubing", 77: "wakesurfing",
    80: "mixed_martial_arts", 82: "snorkeling", 83: "dance", 84: "jump_rope",
}  # fmt: skip
_SUB_SPORTS_SINCE = {
    58: "virtual_activity", 59: "obstacle", 62: "breathing", 65: "sail_race", 67: "ultra",
    68: "indoor_climbing", 69: "bouldering", 70: "hiit", 73: "amrap", 74: "emom", 75: "tabata",
    84: "pickleball", 85: "padel", 86: "indoor_wheelchair_walk", 87: "indoor_wheelchair_run",
    88: "indoor_hand_cycling", 94: "squash", 95: "badminton", 96: "racquetball", 97: "table_tennis",
    110: "fly_canopy", 111: "fly_paraglide", 112: "fly_paramotor", 113: "fly_pressurized",
    114: "fly_navigate", 115: "fly_timer", 116: "fly_altimeter", 117: "fly_wx", 118: "fly_vfr",
    119: "fly_ifr",
}  # fmt: skip
_MANUFACTURERS_SINCE = {
    115: "igpsport", 123: "polar_electro", 128: "ifit_com", 129: "coros_byte", 137: "bosch",
    142: "tag_heuer", 260: "zwift", 265: "strava", 281: "trainer_road", 289: "hammerhead",
    294: "coros", 300: "nurvv", 305: "whoop", 307: "onelap", 310: "decathlon", 326: "nike",
    331: "mywhoosh",
}  # fmt: skip
_GARMIN_PRODUCTS_SINCE = {
    2158: "fr735xt", 2413: "fenix3_hr", 2544: "fenix5s", 2604: "fenix5x", 2691: "fr935",
    2697: "fenix5", 2700: "vivoactive3", 2772: "vivo_move_hr", 2886: "fr645", 2888: "fr645m",
    2891: "fr30", 2900: "fenix5s_plus", 2988: "vivoactive3m_w", 3003: "fr645_asia",
    3066: "vivoactive3m_l", 3121: "edge_530", 3122: "edge_830", 3145: "fr245_asia",
    3258: "descent_mk2", 3441: "fr945_asia", 3515: "fenix6_asia", 3516: "fenix6x_asia",
    3558: "edge_130_plus", 3570: "edge_1030_plus", 3843: "edge_1040", 3909: "fenix7_apac",
    3910: "fenix7x_apac", 4033: "fr55_asia", 4062: "edge_840", 3076: "fr245", 3077: "fr245_music",
    3110: "fenix5_plus", 3111: "fenix5x_plus", 3113: "fr945", 3224: "vivoactive4_small",
    3225: "vivoactive4_large", 3226: "venu", 3251: "marq_athlete", 3282: "fr45",
    3287: "fenix6s_sport", 3288: "fenix6s", 3289: "fenix6_sport", 3290: "fenix6", 3291: "fenix6x",
    3466: "instinct_solar", 3589: "fr745", 3600: "venusq", 3638: "enduro", 3652: "fr945_lte",
    3703: "venu2", 3704: "venu2s", 3851: "venu2_plus", 3869: "fr55", 3888: "instinct_2",
    3889: "instinct_2s", 3905: "fenix7s", 3906: "fenix7", 3907: "fenix7x", 3943: "epix_gen2",
    3990: "fr255_music", 3991: "fr255_small_music", 3992: "fr255", 3993: "fr255_small",
    4024: "fr955", 4115: "venusq2", 4155: "instinct_crossover", 4257: "fr265_large",
    4258: "fr265_small", 4260: "venu3", 4261: "venu3s", 4312: "epix_gen2_pro_42",
    4313: "epix_gen2_pro_47", 4314: "epix_gen2_pro_51", 4315: "fr965", 4341: "enduro2",
    4374: "fenix7s_pro_solar", 4375: "fenix7_pro_solar", 4376: "fenix7x_pro_solar",
    4426: "vivoactive5", 4432: "fr165", 4433: "fr165_music", 4532: "fenix8_solar",
    4534: "fenix8_small", 4536: "fenix8", 4575: "enduro3", 4625: "vivoactive6",
}  # fmt: skip


def _enum(name: str, since: Mapping[int, str] | None = None) -> dict[int, str]:
    named = {
        number: value
        for number, value in FIELD_TYPES[name].values.items()
        if isinstance(number, int)
    }
    return named | dict(since or {})


SPORTS = _enum("sport", _SPORTS_SINCE)
SUB_SPORTS = _enum("sub_sport", _SUB_SPORTS_SINCE)
LAP_TRIGGERS = _enum("lap_trigger")
FILE_TYPES = _enum("file")
MANUFACTURERS = _enum("manufacturer", _MANUFACTURERS_SINCE)
GARMIN_PRODUCTS = _enum("garmin_product", _GARMIN_PRODUCTS_SINCE)


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
