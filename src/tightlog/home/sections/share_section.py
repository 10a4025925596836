"""The section [share] of tightlog.toml: with whom the runner shares the home, and what of it.

[share]
with = ["anna"]                  # the name in a coach's, clinic's or study's cohort.toml
what = ["status", "estimates"]   # of status, estimates, days, records, wellness, context, sheet
refresh = true                   # the cohort may refresh this home
compare = true                   # own estimates are shown beside those of the group
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase

SHARE_KNOWN = frozenset({"with", "what", "refresh", "compare"})
# From the least to the most that a home can share.
PARTS = ("status", "estimates", "days", "records")
# What `days` and `estimates` hold besides, only where it is named too.
DIARY_PARTS = ("wellness", "context")
# The sheet for a physiotherapist, made in the home when it is asked for; never in the lake.
SHEET = "sheet"
SHARED_PARTS = (*PARTS, *DIARY_PARTS, SHEET)


@dataclass(frozen=True)
class Share:
    """What a runner agreed to; the default is nothing, with nobody."""

    cohorts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    may_refresh: bool = False
    is_compared: bool = False


NOTHING_SHARED = Share()


def share_section(section: Mapping[str, Any], file: str) -> Share:
    """What is agreed to, of a settings file called `file`. Raises SettingsError."""
    return Share(
        tuple(_texts(section.get("with", []), f"{file}: share.with")),
        shared_parts(section.get("what", []), file, "share.what"),
        _yes_or_no(section.get("refresh", False), file, "refresh"),
        _yes_or_no(section.get("compare", False), file, "compare"),
    )


def shared_parts(given: object, file: str, key: str) -> tuple[str, ...]:
    """The parts a list names, in the order of SHARED_PARTS. Raises SettingsError for any other."""
    named = _texts(given, f"{file}: {key}")
    if not set(named) <= set(SHARED_PARTS):
        raise SettingsError(
            file,
            phrase(
                "{key} is a list of {parts}, or of some of them, not {given!r}",
                key=key,
                parts=", ".join(SHARED_PARTS),
                given=given,
            ),
        )
    return tuple(part for part in SHARED_PARTS if part in named)


def _texts(given: object, where: str) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise SettingsError(where, phrase("this is a list of names, not {given!r}", given=given))
    return given


def _yes_or_no(given: object, file: str, name: str) -> bool:
    if not isinstance(given, bool):
        raise SettingsError(
            file, phrase("share.{name} is true or false, not {given!r}", name=name, given=given)
        )
    return given
