"""Tables of the app Health Auto Export: one quantity a file, or all in one, in the user's language.

    Date/Time,步数 (count),Source
    2026-05-04 00:00:00,8123,…

A row at midnight is a day. The app writes the steps of a workout in the same form, so that a table
with any other time is left out as a whole: its sums are not those of days.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from tightlog.domain.diary import ContextValue
from tightlog.domain.formats import HEALTH_AUTO_EXPORT
from tightlog.domain.reading import Reading
from tightlog.domain.wellness import Origin
from tightlog.readers.health.documents import (
    JSON_STARTS,
    header_of,
    iso_clock,
    positive,
    table_rows,
)
from tightlog.readers.health.nights import Measured, days_reading

# It does not say which device measured.
BY = Measured(HEALTH_AUTO_EXPORT.name, None, Origin.COPY)
DAYS = ("date/time", "date")
COLUMN = re.compile(r"(?P<name>.+?) ?[(（](?P<unit>[^()（）]+)[)）]")
BEFORE_OFFSET = re.compile(r" (?=[+-]\d{4}\Z)")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
UNITS: Mapping[str, frozenset[str]] = {
    "steps": frozenset({"count", "steps"}),
    "resting_heart_rate_bpm": frozenset({"count/min", "bpm"}),
    "hrv_sdnn_ms": frozenset({"ms"}),
}
# What Apple calls a quantity in each language, divided by `|`.
TITLES: Mapping[str, str] = {
    "steps": "step count|steps|schritte|schrittzahl|schrittanzahl|nombre de pas|pas|pasos|"
    "recuento de pasos|passi|conteggio passi|passos|contagem de passos|stappen|aantal stappen|"
    "steg|antal steg|skridt|antal skridt|skritt|antall skritt|kroki|liczba kroków|шаги|"
    "количество шагов|步数|步數|歩数|걸음|걸음 수",
    "resting_heart_rate_bpm": "resting heart rate|ruheherzfrequenz|ruhepuls|herzfrequenz in ruhe|"
    "fréquence cardiaque au repos|frecuencia cardiaca en reposo|frecuencia cardíaca en reposo|"
    "frequenza cardiaca a riposo|battito cardiaco a riposo|frequência cardíaca em repouso|"
    "hartslag in rust|vilopuls|静息心率|靜止心率|安静時心拍数",
    "hrv_sdnn_ms": "heart rate variability|herzfrequenzvariabilität|"
    "variabilité de la fréquence cardiaque|variabilidad de la frecuencia cardiaca|"
    "variabilidad de la frecuencia cardíaca|variabilità della frequenza cardiaca|"
    "variabilidade da frequência cardíaca|hartslagvariabiliteit|心率变异性|心率變異性|心拍変動",
}
QUANTITY = {title: name for name, titles in TITLES.items() for title in titles.split("|")}
SLEEP = "sleep analysis ["
NO_DAYS = (
    "single points of a day or of a workout, not days; export them from Health Auto Export "
    "summarised by day"
)
NO_NIGHTS = (
    "nights left out: this table does not say when they ended; export them from Health Auto "
    "Export as JSON"
)
NOTHING = "a table of Health Auto Export, with no day that is read"


def is_auto_export_table(data: bytes) -> bool:
    """True for a table with a quantity of the app under its title and unit. A plain `date` is what
    diaries have too: it takes one of the app's English titles.
    """
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in JSON_STARTS:
        return False
    header = header_of(data)
    if not header or header[0] not in DAYS:
        return False
    if header[0] == DAYS[0]:
        return bool(_columns(header)) or _has_sleep(header)
    return _has_sleep(header) or "step count (count)" in header


def read_auto_export_table(data: bytes) -> Reading:
    """Reading of one table of days."""
    header = header_of(data)
    notes = [NO_NIGHTS] if _has_sleep(header) else []
    found: dict[tuple[date, str], ContextValue] = {}
    for row in table_rows(data):
        at = auto_export_clock(row.get(header[0]))
        if at is not None and at.time() != time.min:
            return days_reading(HEALTH_AUTO_EXPORT.name, (), NOTHING, notes=[NO_DAYS])
        for column, name in _columns(header):
            value = _measured(row.get(column), name)
            if at is not None:
                found |= {(one.day, name): one for one in BY.value(at.date(), name, value)}
    return days_reading(HEALTH_AUTO_EXPORT.name, found.values(), NOTHING, notes=notes)


def _measured(cell: object, name: str) -> float | None:
    """A value above 0. Nobody counts thousandths of a step: `8,123` of them are thousands."""
    if name == "steps" and isinstance(cell, str) and THOUSANDS.fullmatch(cell):
        cell = cell.replace(",", "")
    return positive(cell)


def auto_export_clock(value: object) -> datetime | None:
    """A time by the runner's clock, whose offset may stand behind it."""
    text = value.strip() if isinstance(value, str) else ""
    found = iso_clock(BEFORE_OFFSET.sub("", text))
    return None if found is None else found.replace(tzinfo=None)


def _has_sleep(header: Sequence[str]) -> bool:
    return any(name.startswith(SLEEP) for name in header)


def _columns(header: Sequence[str]) -> list[tuple[str, str]]:
    """The columns that are read, with their quantities: those with its title and a unit of it."""
    matches = ((column, COLUMN.fullmatch(column)) for column in header)
    named = [(column, match) for column, match in matches if match is not None]
    known = [(column, QUANTITY.get(match["name"]), match["unit"]) for column, match in named]
    return [(column, name) for column, name, unit in known if name and unit in UNITS[name]]
