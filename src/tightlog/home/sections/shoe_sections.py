"""The sections [[shoe]] of tightlog.toml: the runner's register of pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tightlog.domain.sports import SHOE_KINDS, is_run
from tightlog.errors import SettingsError
from tightlog.language.catalogue import message, phrase
from tightlog.units import METRES_PER_KM

KNOWN = ("name", "start_km", "from", "until", "default", "sport")
LONGEST_NAME = 100
MOST_START_KM = 100_000.0
EXAMPLE = message('[[shoe]] with name = "blue pair"')


@dataclass(frozen=True)
class Shoe:
    """One pair: what it had run before the files begin (m), its first and last day, and whether
    runs without a named shoe are taken to be in it (those of one kind of sport).
    """

    name: str
    start_m: float = 0.0
    first_day: date | None = None
    last_day: date | None = None
    is_default: bool = False
    sport: str = "running"


def shoe_sections(sections: object, file: str) -> tuple[Shoe, ...]:
    """The pairs of a settings file called `file`. Raises SettingsError."""
    if not isinstance(sections, list):
        raise SettingsError(
            file,
            phrase(
                "each pair has a section of its own, such as {example}", example=phrase(EXAMPLE)
            ),
        )
    shoes = tuple(
        _shoe(section, phrase("{file}, [[shoe]] number {number}", file=file, number=number))
        for number, section in enumerate(sections, start=1)
    )
    _refuse_unclear(shoes, file)
    return shoes


def _shoe(section: object, where: str) -> Shoe:
    if not isinstance(section, Mapping):
        raise SettingsError(
            where,
            phrase(
                "each pair has a section of its own, such as {example}", example=phrase(EXAMPLE)
            ),
        )
    for key, value in section.items():
        if problem := _problem(key, value):
            raise SettingsError(where, problem)
    if "name" not in section:
        raise SettingsError(
            where, phrase("name is missing; write {example}", example=phrase(EXAMPLE))
        )
    shoe = Shoe(
        name=section["name"].strip(),
        start_m=float(section.get("start_km", 0.0)) * METRES_PER_KM,
        first_day=section.get("from"),
        last_day=section.get("until"),
        is_default=section.get("default", False),
        sport=section.get("sport", "running"),
    )
    if shoe.first_day and shoe.last_day and shoe.last_day < shoe.first_day:
        raise SettingsError(
            where,
            phrase(
                "until {last_day} is before from {first_day}",
                last_day=shoe.last_day,
                first_day=shoe.first_day,
            ),
        )
    return shoe


def _problem(key: str, value: Any) -> str | None:
    """What is wrong with a setting of a section, None when nothing is."""
    if key not in KNOWN:
        return phrase(
            "{key} is not a setting; the settings here are {known}", key=key, known=", ".join(KNOWN)
        )
    if key == "name" and not _is_name(value):
        return phrase(
            "name must be a text of 1 to {longest_name} letters that can be shown, not {value!r}",
            longest_name=LONGEST_NAME,
            value=str(value)[:LONGEST_NAME],
        )
    if key == "start_km" and not _is_start(value):
        return phrase(
            "start_km must be kilometres from 0 to {most_start_km:.0f}, not {value!r}",
            most_start_km=MOST_START_KM,
            value=value,
        )
    if key in ("from", "until") and (not isinstance(value, date) or isinstance(value, datetime)):
        return phrase(
            "{key} must be a day, written 2026-05-31 without quotes, not {value!r}",
            key=key,
            value=value,
        )
    if key == "default" and not isinstance(value, bool):
        return phrase("default is true or false, not {value!r}", value=value)
    if key == "sport" and value not in SHOE_KINDS:
        return phrase(
            "sport is one of {shoe_kinds}, not {value!r}",
            shoe_kinds=", ".join(SHOE_KINDS),
            value=value,
        )
    return None


def _is_name(value: object) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value.strip()) <= LONGEST_NAME
        and value.strip().isprintable()
    )


def _is_start(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    # Of a number that is none (nan) this is false too.
    return 0 <= value <= MOST_START_KM


def _refuse_unclear(shoes: Sequence[Shoe], file: str) -> None:
    """Raises SettingsError for a name given twice, and for two default pairs of one day."""
    names: set[str] = set()
    starts: dict[tuple[str, date | None], str] = {}
    for shoe in shoes:
        if shoe.name.casefold() in names:
            raise SettingsError(
                file, phrase("two [[shoe]] sections are named {name!r}", name=shoe.name)
            )
        names.add(shoe.name.casefold())
        if not shoe.is_default:
            continue
        other = starts.setdefault((shoe.sport, shoe.first_day), shoe.name)
        if other != shoe.name:
            kind = "runs" if is_run(shoe.sport) else shoe.sport
            raise SettingsError(
                file,
                phrase(
                    "{other!r} and {name!r} are both the default pair for {kind} from the same "
                    "day; give the later one its first day, such as from = 2026-05-31",
                    other=other,
                    name=shoe.name,
                    kind=kind,
                ),
            )
