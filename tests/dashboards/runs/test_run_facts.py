"""What of a run's form is said in words."""

import pytest

from dashboards.runs.run_facts import usual_words


@pytest.mark.parametrize(
    ("z", "said"),
    [
        (0.0, "as usual for you"),
        (-0.99, "as usual for you"),
        (1.0, "above your usual"),
        (-1.0, "below your usual"),
        (1.99, "above your usual"),
        (2.0, "far above your usual"),
        (-2.0, "far below your usual"),
    ],
)
def test_form_is_told_against_the_usual_without_a_statistic(z: float, said: str) -> None:
    assert usual_words(z) == said
