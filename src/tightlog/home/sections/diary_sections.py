"""The sections [[diary]] of tightlog.toml: how files of scores are read."""

from collections.abc import Mapping
from typing import Any

from tightlog.domain.diary import MOMENTS, DiaryMapping
from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase

TEXTS = ("file", "day", "time", "score", "order", "region", "moment", "note")
LISTS = ("keep_regions", "context")
KNOWN = (*TEXTS, *LISTS, "scale", "done", "moments")


def diary_sections(sections: object, file: str) -> tuple[DiaryMapping, ...]:
    """The mappings of the sections of a settings file called `file`. Raises SettingsError."""
    if not isinstance(sections, list):
        raise SettingsError(
            file,
            phrase(
                "a diary is described in a section of its own, headed [[diary]] with two brackets"
            ),
        )
    return tuple(
        _diary(section, phrase("{file}, [[diary]] number {number}", file=file, number=number))
        for number, section in enumerate(sections, start=1)
    )


def _diary(section: object, where: str) -> DiaryMapping:
    if not isinstance(section, Mapping):
        raise SettingsError(
            where, phrase("a diary is described in a section of its own, headed [[diary]]")
        )
    for key, value in section.items():
        if problem := _problem(key, value):
            raise SettingsError(where, problem)
    if "file" not in section:
        raise SettingsError(
            where, phrase('file is missing; say which files are meant, such as file = "back*.csv"')
        )
    texts: dict[str, Any] = {name: section.get(name) for name in TEXTS}
    return DiaryMapping(
        **texts,
        scale=_scale(section["scale"], where) if "scale" in section else None,
        keep_regions=tuple(section.get("keep_regions", ())),
        context=tuple(section.get("context", ())),
        done=tuple(section.get("done", {}).items()),
        moments=tuple(section.get("moments", {}).items()),
    )


def _problem(key: str, value: object) -> str | None:
    """What is wrong with a setting of a section, None when nothing is."""
    if key not in KNOWN:
        return phrase(
            "{key} is not a setting; the settings here are {known}", key=key, known=", ".join(KNOWN)
        )
    if key in TEXTS and not _is_text(value):
        return phrase("{key} must be a text, not {value!r}", key=key, value=value)
    if key in LISTS and not (isinstance(value, list) and all(map(_is_text, value))):
        return phrase("{key} must be a list of texts, not {value!r}", key=key, value=value)
    if key == "order" and value not in ("dmy", "mdy", "ymd"):
        return phrase(
            "order is 'dmy' (31.05.2026), 'mdy' (5/31/2026) or 'ymd' (26-05-31), not {value!r}",
            value=value,
        )
    if key == "done" and not (isinstance(value, Mapping) and all(map(_is_text, value.values()))):
        return phrase(
            'done names a column for each intervention, such as done = {{ plank = "Planks '
            '(min)" }}, not {value!r}',
            value=value,
        )
    if key == "moments" and not (
        isinstance(value, Mapping) and all(one in MOMENTS for one in value.values())
    ):
        return phrase(
            'moments says what your own words mean, such as moments = {{ "Büro" = '
            '"evening" }}, with {moments}, not {value!r}',
            moments=", ".join(MOMENTS),
            value=value,
        )
    return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _scale(given: object, where: str) -> tuple[float, float]:
    ends = (
        [float(end) for end in given if isinstance(end, (int, float)) and not isinstance(end, bool)]
        if isinstance(given, list)
        else []
    )
    if not isinstance(given, list) or len(given) != 2 or len(ends) != 2 or ends[0] == ends[1]:
        raise SettingsError(
            where,
            (
                phrase(
                    "scale holds the number for no tightness and the number for the worst, "
                    "such as [0, 100], not {given!r}",
                    given=given,
                )
            ),
        )
    return ends[0], ends[1]
