"""The columns of Strava's list of activities: by their names where these are known, else by the
pattern that every version of the list has.

Names occur twice (`Elapsed Time`, `Distance`, …): first as the web page shows it, then in SI units.
That repetition is the pattern: it is the same in every language and with 83 to 103 columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tightlog.readers.exports.summary import folded

# Folded names in English, German, French and Spanish, as seen in exports and in reports about them;
# Italian goes by the shape.
NAMES: dict[str, tuple[str, ...]] = {
    "activity": ("activity id", "id", "aktivitats id", "id de l activite", "id de actividad"),
    "started": (
        "activity date",
        "date",
        "aktivitatsdatum",
        "date de l activite",
        "fecha de la actividad",
    ),
    "name": (
        "activity name",
        "name",
        "name der aktivitat",
        "nom de l activite",
        "nombre de la actividad",
    ),
    "kind": ("activity type", "aktivitatsart", "type d activite", "tipo de actividad"),
    "old_kind": ("type",),
    "sport_type": ("sport type",),
    "elapsed": ("elapsed time", "verstrichene zeit", "temps ecoule", "tiempo transcurrido"),
    "timer": ("timer time",),
    "moving": ("moving time", "bewegungszeit", "duree de deplacement", "tiempo en movimiento"),
    "distance": ("distance", "distanz", "distancia"),
    "gear": ("activity gear", "gear", "aktivitatsausrustung", "materiel utilise pour l activite"),
    "file": ("filename", "dateiname", "nom du fichier", "nombre del archivo", "nombre de archivo"),
    "top_speed": ("max speed", "hochstgeschw"),
    "ascent": ("elevation gain", "hohenzunahme", "denivele positif"),
    "descent": ("elevation loss",),
    "cadence": ("average cadence", "durchschnittliche trittfrequenz"),
    "heart_rate": ("average heart rate", "durchschnittliche herzfrequenz"),
    "energy": ("calories", "kalorien", "calorias"),
    "rpe": ("perceived exertion", "gefuhlte anstrengung"),
}
# Columns after the second `Elapsed Time`, and before it, in every version of the list that has one.
PLACES = {
    "elapsed": 0,
    "moving": 1,
    "distance": 2,
    "top_speed": 3,
    "ascent": 5,
    "descent": 6,
    "cadence": 14,
    "heart_rate": 16,
    "energy": 19,
    "rpe": 28,
    "gear": -4,
    "file": -3,
}
FIRST = {"activity": 0, "started": 1, "name": 2, "kind": 3, "elapsed_shown": 5, "distance_shown": 6}
# First occurrence -> how far after the second `Elapsed Time` the same name comes again: time,
# distance, heart rate, effort.
REPEATED = {5: 0, 6: 2, 7: 15, 8: 22}


@dataclass(frozen=True)
class Columns:
    """Places of the columns needed, None where the list has none; `_shown` are those in the web
    page's units.
    """

    activity: int
    started: int
    kind: int
    file: int
    name: int | None = None
    old_kind: int | None = None
    sport_type: int | None = None
    elapsed: int | None = None
    elapsed_shown: int | None = None
    timer: int | None = None
    moving: int | None = None
    distance: int | None = None
    distance_shown: int | None = None
    gear: int | None = None
    top_speed: int | None = None
    ascent: int | None = None
    descent: int | None = None
    cadence: int | None = None
    heart_rate: int | None = None
    energy: int | None = None
    rpe: int | None = None


def columns_of(header: Sequence[str]) -> Columns | None:
    """Places of the columns in a header row; None when it is not that of Strava's list."""
    # One version of the list has its names wrapped in HTML that says the translation is missing.
    names = [folded(re.sub(r"<[^>]*>", " ", cell)) for cell in header]
    found = _by_shape(names) | _by_name(names)
    if "kind" not in found and "old_kind" in found:
        found["kind"] = found["old_kind"]
    is_complete = {"activity", "started", "kind", "file"} <= found.keys() and {
        "elapsed",
        "elapsed_shown",
        "moving",
    } & found.keys()
    return Columns(**found) if is_complete else None


def _by_name(names: list[str]) -> dict[str, int]:
    """Places of known names, the last where a name occurs twice; a lone distance or time is as
    the web page shows it.
    """
    found = {}
    for column, known in NAMES.items():
        places = [place for place, name in enumerate(names) if name in known]
        if not places:
            continue
        if column in ("elapsed", "distance"):
            found[f"{column}_shown"] = places[0]
            if len(places) == 1:
                continue
        found[column] = places[0] if column == "gear" else places[-1]
    return found


def _by_shape(names: list[str]) -> dict[str, int]:
    if len(names) < 40:
        return {}
    for base in (place for place in range(9, 25) if names[place] == names[5]):
        if base + max(PLACES.values()) < len(names) and all(
            names[first] == names[base + again] for first, again in REPEATED.items()
        ):
            return FIRST | {column: base + place for column, place in PLACES.items()}
    return {}
