"""What the catalogue of the article's interventions declares, by id (S1 … G4)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

NO_EXERCISE = "none"


@cache
def intervention_entries() -> Mapping[str, Mapping[str, Any]]:
    """Entries of `interventions.toml`, in the article's order."""
    file = files("tightlog.domain.interventions").joinpath("interventions.toml")
    return MappingProxyType(tomllib.loads(file.read_text(encoding="utf-8")))


@cache
def kind_of_intervention() -> Mapping[str, str]:
    """Kind of exercise of those that are exercise; massage, form and habits are none."""
    entries = intervention_entries().items()
    return {name: entry["kind"] for name, entry in entries if entry["kind"] != NO_EXERCISE}


@cache
def intervention_of_sport() -> Mapping[str, str]:
    """Intervention a watch names as exactly as the article does, by the sport it writes."""
    return _seen_as("seen_as_sport")


@cache
def intervention_of_sub_sport() -> Mapping[str, str]:
    """The same by the sub-sport it writes."""
    return _seen_as("seen_as_sub_sport")


def _seen_as(key: str) -> Mapping[str, str]:
    entries = intervention_entries().items()
    return {sport: name for name, entry in entries for sport in entry.get(key, ())}
