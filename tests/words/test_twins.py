"""Every total a twin can give has a word."""

from tightlog.ingest.twin_facts import NAMED
from tightlog.ingest.twins.twin_totals import TOTALS
from tightlog.words.twins import TAKEN, taken_words


def test_every_column_a_twin_can_give_has_a_word_but_how_a_cadence_was_read() -> None:
    assert {*NAMED, *TOTALS} - set(TAKEN) == {"cadence_raw", "cadence_rule", "cadence_evidence"}


def test_columns_are_told_in_words() -> None:
    taken = ["distance_m", "cadence_spm", "cadence_raw", "cadence_rule"]
    assert taken_words(taken) == "distance, cadence"
