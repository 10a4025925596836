"""The `[[diary]]` sections of tightlog.toml: how to read the tables of a runner."""

from collections.abc import Mapping

from tightlog.domain.diary import MOMENTS, DiaryMapping
from tightlog.errors import SettingsError

SETTINGS_FILE = "tightlog.toml"


def diaries(sections: object) -> tuple[DiaryMapping, ...]:
    """The mappings of the sections, in their order. Raises SettingsError for what is none."""
    if not isinstance(sections, list):
        raise SettingsError(
            SETTINGS_FILE,
            "a diary is described in a section of its own, headed [[diary]] with two brackets",
        )
    return tuple(_diary(section, number) for number, section in enumerate(sections, start=1))


def _diary(section: object, number: int) -> DiaryMapping:
    where = f"{SETTINGS_FILE}, [[diary]] number {number}"
    names, lists = (
        ("file", "day", "time", "score", "order", "region", "moment", "note"),
        ("keep_regions", "context"),
    )
    if not isinstance(section, Mapping):
        raise SettingsError(where, "a diary is described in a section of its own, headed [[diary]]")
    for key, value in section.items():
        if key not in (*names, *lists, "scale", "done", "moments"):
            raise SettingsError(
                where,
                (
                    f"{key} is not a setting; the settings here are "
                    f"{', '.join((*names, *lists, 'scale', 'done', 'moments'))}"
                ),
            )
        if key in names and (not isinstance(value, str) or not value.strip()):
            raise SettingsError(where, f"{key} must be a text, not {value!r}")
        if key in lists and not (
            isinstance(value, list)
            and all(isinstance(item, str) and item.strip() for item in value)
        ):
            raise SettingsError(where, f"{key} must be a list of texts, not {value!r}")
        if key == "done" and not (
            isinstance(value, Mapping)
            and all(isinstance(column, str) and column.strip() for column in value.values())
        ):
            raise SettingsError(
                where,
                (
                    f"done names a column for each intervention, such as done = {{ plank = "
                    f'"Planks (min)" }}, not {value!r}'
                ),
            )
        if key == "moments":
            _check_moments(value, where)
    if "file" not in section:
        raise SettingsError(
            where, 'file is missing; say which files are meant, such as file = "back*.csv"'
        )
    if section.get("order") not in (None, "dmy", "mdy", "ymd"):
        raise SettingsError(
            where,
            (
                "order is 'dmy' (31.05.2026), 'mdy' (5/31/2026) or 'ymd' (26-05-31), not "
                f"{section['order']!r}"
            ),
        )
    return DiaryMapping(
        file=section["file"],
        day=section.get("day"),
        time=section.get("time"),
        score=section.get("score"),
        scale=_scale(section.get("scale"), where),
        order=section.get("order"),
        region=section.get("region"),
        keep_regions=tuple(section.get("keep_regions", ())),
        moment=section.get("moment"),
        note=section.get("note"),
        context=tuple(section.get("context", ())),
        done=tuple(section.get("done", {}).items()),
        moments=tuple(section.get("moments", {}).items()),
    )


def _check_moments(given: object, where: str) -> None:
    is_table = isinstance(given, Mapping) and all(one in MOMENTS for one in given.values())
    if not is_table:
        raise SettingsError(
            where,
            'moments says what your own words mean, such as moments = { "Büro" = "evening" }, with '
            f"{', '.join(MOMENTS)}, not {given!r}",
        )


def _scale(given: object, where: str) -> tuple[float, float] | None:
    if given is None:
        return None
    ends = (
        [float(end) for end in given if isinstance(end, (int, float)) and not isinstance(end, bool)]
        if isinstance(given, list)
        else []
    )
    if not isinstance(given, list) or len(given) != 2 or len(ends) != 2 or ends[0] == ends[1]:
        raise SettingsError(
            where,
            (
                "scale holds the number for no tightness and the number for the worst, such as "
                f"[0, 100], not {given!r}"
            ),
        )
    return ends[0], ends[1]
