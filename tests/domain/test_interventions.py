"""Every intervention of the article declares what it counts as, and what a watch calls it."""

from tightlog.domain.interventions.declared import (
    NO_EXERCISE,
    intervention_entries,
    intervention_of_sport,
    intervention_of_sub_sport,
    kind_of_intervention,
)
from tightlog.domain.sports import KIND_OF_SPORT, KIND_OF_SUB_SPORT
from tightlog.features.cross_training import KINDS
from tightlog.readers.fit.profile import SUB_SPORTS


def test_every_intervention_declares_a_known_kind_or_none() -> None:
    kinds = {name: entry["kind"] for name, entry in intervention_entries().items()}
    assert {name: kind for name, kind in kinds.items() if kind not in {*KINDS, NO_EXERCISE}} == {}
    assert kind_of_intervention()["C1"] == "core" and "M1" not in kind_of_intervention()


def test_no_two_interventions_are_seen_as_the_same_sport() -> None:
    for key in ("seen_as_sport", "seen_as_sub_sport"):
        named = [name for entry in intervention_entries().values() for name in entry.get(key, ())]
        assert named and len(set(named)) == len(named)


def test_what_a_watch_saw_counts_as_the_kind_its_intervention_declares() -> None:
    kinds = kind_of_intervention()
    for sport, name in intervention_of_sport().items():
        assert KIND_OF_SPORT[sport] == kinds[name]
    for sub_sport, name in intervention_of_sub_sport().items():
        assert KIND_OF_SUB_SPORT[sub_sport] == kinds[name]
    assert set(intervention_of_sub_sport()) <= set(SUB_SPORTS.values())
