"""An effect in words: every code has them, and the statement does not repeat its heading."""

from dataclasses import replace

import pytest

from tightlog.findings.effect_verdict import Effect, Reason, judgement
from tightlog.findings.effect_verdict import effect_facts as facts
from tightlog.words.tried.effects import details, sentence, statement

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
        "A difference of 1 point or more would probably have been seen."
    )
    assert statement(facts(BY_REASON[Reason.TOO_FEW_DAYS_DONE])).startswith("7 of 8 days with it")


def test_the_whole_sentence_says_the_verdict() -> None:
    assert sentence(facts(BY_REASON[Reason.NO_DIFFERENCE])).startswith(
        "No difference seen the next day; "
    )
    assert sentence(facts(BY_REASON[Reason.TOO_FEW_DAYS_DONE])).startswith(
        "Not enough data yet (7 of 8"
    )


def test_a_help_is_said_as_people_say_it_with_its_numbers_apart() -> None:
    assert sentence(facts(BY_REASON[Reason.HOLDS])) == (
        "The next day your back is usually about 1 point less tight than after similar days "
        "without it."
    )
    assert details(facts(BY_REASON[Reason.HOLDS])) == (
        "1.2 points less (0.6 to 1.8); 30 days with it, 60 days without at the same scores."
    )
    assert details(facts(BY_REASON[Reason.NO_DIFFERENCE])) == (
        "0.7 points or more would probably have been seen, in 30 days with it, 60 days without at "
        "the same scores."
    )
    assert details(facts(BY_REASON[Reason.INSEPARABLE])) is None


def test_a_hint_is_not_what_the_back_usually_does() -> None:
    hint = sentence(facts(BY_REASON[Reason.SEEN_TWICE]))
    assert hint.startswith("A hint: the next day your back is about 1 point less tight")
    assert hint.endswith("seen twice, it may fade.")


@pytest.mark.parametrize("shrunk", [-0.4, -0.01, 0.0])
def test_what_little_is_left_of_a_help_is_not_called_a_harm(shrunk: float) -> None:
    assert "less tight" in sentence(facts(replace(HELPS, shrunk_points=shrunk)))
