"""Every rule of a twin and every total a twin can give has words."""

from tightlog.ingest.twin_facts import NAMED
from tightlog.ingest.twins.twin_rule import TwinRule
from tightlog.ingest.twins.twin_totals import TOTALS
from tightlog.words.twins import REASONS, TAKEN, taken_words, twin_words


def test_every_column_a_twin_can_give_has_a_word_but_how_a_cadence_was_read() -> None:
    assert {*NAMED, *TOTALS} - set(TAKEN) == {"cadence_raw", "cadence_rule", "cadence_evidence"}


def test_columns_are_told_in_words() -> None:
    taken = ["distance_m", "cadence_spm", "cadence_raw", "cadence_rule"]
    assert taken_words(taken) == "distance, cadence"


def test_every_rule_says_why_two_recordings_are_one() -> None:
    assert set(REASONS) == {rule.value for rule in TwinRule}
    assert len({twin_words(rule, 2.0) for rule in REASONS}) == len(REASONS)


def test_a_clock_is_off_by_hours() -> None:
    assert twin_words("shifted", -1.25).endswith("its clock off by -1.25 h")
    assert twin_words("shifted", 2.0).endswith("its clock off by 2 h")
