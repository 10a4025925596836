"""Gates and verdicts at their borders."""

from dataclasses import replace

import pytest

from tests.findings.test_verdict import CLEAR, ENOUGH, NOTHING, WEAK, verdict
from tightlog.findings.verdict import Link, ScoreRecord, Verdict, judgement

EVENT = replace(CLEAR, is_event=True)


@pytest.mark.parametrize(
    ("link", "record", "is_enough"),
    [
        (CLEAR, ScoreRecord(60, 120, 0.3), True),
        (CLEAR, ScoreRecord(59, 120, 0.3), False),
        (replace(CLEAR, n_days=60), ENOUGH, True),
        (replace(CLEAR, n_days=59), ENOUGH, False),
        (CLEAR, ScoreRecord(90, 90, 0.3), True),
        (CLEAR, ScoreRecord(89, 89, 0.3), False),
        (CLEAR, ScoreRecord(60, 150, 0.3), True),
        (CLEAR, ScoreRecord(60, 152, 0.3), False),
        (CLEAR, ScoreRecord(120, 150, 0.89), True),
        (CLEAR, ScoreRecord(120, 150, 0.90), False),
        (replace(CLEAR, exposure_days=20), ENOUGH, True),
        (replace(CLEAR, exposure_days=19), ENOUGH, False),
        (replace(EVENT, exposure_days=8), ENOUGH, True),
        (replace(EVENT, exposure_days=7), ENOUGH, False),
    ],
)
def test_each_gate_opens_at_its_number(link: Link, record: ScoreRecord, is_enough: bool) -> None:
    reached = judgement(link, record).verdict
    assert (reached is not Verdict.NOT_ENOUGH_DATA) is is_enough


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (replace(CLEAR, max_t_p=0.049), "clear"),
        (replace(CLEAR, max_t_p=0.05), "possible"),
        (replace(WEAK, q_value=0.099), "possible"),
        (replace(WEAK, q_value=0.10), "nothing_seen"),
        (replace(NOTHING, reaction_family_p=0.049), "reacts"),
        (replace(NOTHING, reaction_family_p=0.05), "nothing_seen"),
        (replace(CLEAR, effect_points=1.0), "clear"),
        (replace(CLEAR, effect_points=0.99), "possible"),
    ],
)
def test_each_verdict_begins_at_its_number(link: Link, expected: str) -> None:
    assert verdict(link, ENOUGH) == expected
