"""The course of the back: four weeks of mornings against the runner's own usual."""

from datetime import date, timedelta

import pytest

from tightlog.answers.morning.course import FEWEST_SCORES, SHOWN_D, Course, course_of

TODAY = date(2026, 5, 10)


def scored(*scores: float | None) -> Course:
    """The course of such scores, one a day, the last of today."""
    first = TODAY - timedelta(days=len(scores) - 1)
    days = ((first + timedelta(days=number), score) for number, score in enumerate(scores))
    return course_of({day: score for day, score in days if score is not None}, TODAY)


def test_four_weeks_are_shown_and_a_morning_without_a_score_is_a_gap() -> None:
    course = scored(3, None, 4)
    assert len(course.days) == SHOWN_D and course.days[-1] == (TODAY, 4.0)
    assert [score for _, score in course.days[-3:]] == [3, None, 4]
    assert course.line == "·" * 25 + "▃·▄"


@pytest.mark.parametrize(
    ("before", "is_known"), [(FEWEST_SCORES, True), (FEWEST_SCORES - 1, False)]
)
def test_the_usual_is_known_after_two_weeks_of_scores(before: int, is_known: bool) -> None:
    course = scored(*[3.0] * before, 5)
    assert (course.usual is not None) is is_known
    assert ("two weeks" in course.sentence) is not is_known


def test_the_usual_is_the_middle_half_of_the_scores_before_the_newest() -> None:
    course = scored(*[1, 2, 4, 3, 5] * 4, 5)
    assert (course.usual_low, course.usual, course.usual_high) == (2, 3, 4)
    assert course.sentence == "2 above your usual 3 (mostly 2 to 4)"


def test_scores_older_than_three_months_are_not_usual_any_more() -> None:
    assert scored(*[9.0] * 100, *[2.0] * 90, 2).usual_high == 2


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ((2, 3, 3), "As usual for you (3)"),
        ((2, 3, 4, 5), "2 above your usual (3), rising for 3 days"),
        ((5, 4, 2, 1), "2 below your usual (3), falling for 3 days"),
        ((4, 5), "2 above your usual (3)"),
        ((3, 4, None, 5, 6), "3 above your usual (3)"),
    ],
)
def test_a_score_is_said_against_the_usual_and_with_its_direction(
    scores: tuple[float | None, ...], words: str
) -> None:
    assert scored(*[3.0] * 40, *scores).sentence == words


def test_a_direction_stands_first_while_no_usual_is_known() -> None:
    words = "Rising for 3 days. Your usual is known after two weeks of scores"
    assert scored(2, 3, 4, 5).sentence == words


def test_a_back_above_its_usual_or_rising_stands_out() -> None:
    usual: list[float] = [1, 2, 4, 3, 5] * 4
    assert scored(*usual, 5).stands_out and scored(2, 3, 4, 5).stands_out
    assert not scored(*usual, 4).stands_out and not scored().stands_out
    assert not scored(5, 4, 3, 2).stands_out


def test_a_score_of_another_day_is_the_newest_until_there_is_one_of_today() -> None:
    course = scored(*[3.0] * 20, 5, None, None)
    assert course.newest == (TODAY - timedelta(days=2), 5.0)
    assert course.sentence == "2 above your usual (3)"


def test_nothing_is_said_without_a_score_in_four_weeks() -> None:
    unscored: list[float | None] = [None] * SHOWN_D
    course = scored(*[3.0] * 20, *unscored)
    assert course.newest is None and course.sentence == ""
