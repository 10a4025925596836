"""Red flags of score files told from their rows are those told from every score."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightlog.domain.diary import TightnessScore
from tightlog.domain.score_frames import score_frame
from tightlog.journal.flags_in_files import spans_in_files
from tightlog.journal.red_flag_spans import imported_spans

DAY = date(2026, 3, 1)
SCORES = st.lists(
    st.builds(
        lambda later_d, score, is_sharp, red_flags, source: (
            DAY + timedelta(days=later_d), score, is_sharp, red_flags, source,
        ),
        st.integers(0, 40),
        st.sampled_from([0.0, 3.0, 7.5, 8.0, 10.0]),
        st.sampled_from([None, False, True]),
        st.sampled_from([(), ("fever",), ("fever", "leg_weakness")]),
        st.sampled_from(["diary", "csv"]),
    ),
    max_size=12,
)  # fmt: skip


@given(SCORES)
def test_rows_and_scores_tell_the_same(
    drawn: list[tuple[date, float, bool | None, tuple[str, ...], str]],
) -> None:
    scores = [
        TightnessScore(
            f"s{number}", day, score, None, "morning", is_sharp, flags, None, source, f"{score:g}"
        )
        for number, (day, score, is_sharp, flags, source) in enumerate(sorted(drawn, key=str))
    ]
    in_files = [one for one in scores if one.source != "diary"]
    assert spans_in_files(score_frame(scores)) == imported_spans(in_files)


@pytest.mark.parametrize("score", [8.0, 10.0])
def test_a_high_score_of_a_file_is_told(score: float) -> None:
    row = TightnessScore("s", DAY, score, None, "morning", None, (), None, "csv", f"{score:g}")
    assert spans_in_files(score_frame([row]))
