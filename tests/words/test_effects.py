"""An effect in words: every code has them, and the statement does not repeat its heading."""

from dataclasses import replace

import pytest

from tightlog.findings.effect_verdict import Effect, Reason, judgement
from tightlog.findings.effect_verdict import effect_facts as facts
from tightlog.words.effects import sentence, statement

HELPS = Effect(
    "S1", n_done=30, n_not_done=60, effect_points=-1.2, effect_low=-1.8, effect_high=-0.6,
    p_value=0.001, q_value=0.002, smallest_detectable_points=0.7,
)  # fmt: skip
BY_REASON = {
    Reason.TOO_FEW_DAYS_DONE: replace(HELPS, n_done=7),
    Reason.TOO_FEW_DAYS_WITHOUT: replace(HELPS, n_not_done=7),
    Reason.INSEPARABLE: replace(HELPS, inseparable_from="S2", days_apart=3),
    Reason.NEXT_SCORES_TOO_ALIKE: replace(HELPS, p_value=None),
    Reason.NO_DIFFERENCE: replace(HELPS, p_value=0.4),
    Reason.TOO_SMALL: replace(HELPS, effect_points=-0.9),
    Reason.SEEN_ONCE: replace(HELPS, is_lasting=False),
    Reason.SEEN_TWICE: replace(HELPS, is_lasting=False, stood_a_week_earlier=True),
    Reason.HOLDS: HELPS,
}


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_reached_and_has_words_of_its_own(reason: Reason) -> None:
    assert judgement(BY_REASON[reason]).reason is reason
    said = {statement(facts(BY_REASON[other])) for other in Reason if other is not reason}
    assert statement(facts(BY_REASON[reason])) not in said


def test_a_verdict_is_not_repeated_below_its_heading() -> None:
    assert statement(facts(BY_REASON[Reason.NO_DIFFERENCE])) == (
        "A difference of 0.7 points or more would probably have been seen "
        "(30 days with it, 60 days without at the same scores)."
    )
    assert statement(facts(BY_REASON[Reason.TOO_FEW_DAYS_DONE])).startswith("7 of 8 days with it")


def test_the_whole_sentence_says_the_verdict() -> None:
    assert sentence(facts(BY_REASON[Reason.NO_DIFFERENCE])).startswith(
        "No difference seen the next day; "
    )
    assert sentence(facts(BY_REASON[Reason.TOO_FEW_DAYS_DONE])).startswith(
        "Not enough data yet (7 of 8"
    )
