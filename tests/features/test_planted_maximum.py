"""The maximum heart rate is near the planted one, whatever sensors get wrong."""

from statistics import mean

import pytest

from tightlog.domain.recorded import recorded_in
from tightlog.features.hearts.heart_rate_maximum import MaximumRule
from tightlog.features.hearts.home_hearts import home_hearts
from tightlog.features.hearts.trimp import UNKNOWN_RUNNER
from tightlog.simulation.population.hearts import Heart, HeartFrames, drawn_heart, heart_frames

RUNNERS = range(20)


def error_bpm(heart: Heart, frames: HeartFrames) -> float:
    recorded = recorded_in(frames.run_windows, frames.heart_rate_seconds)
    found = home_hearts(frames.activities, recorded, UNKNOWN_RUNNER).maximum
    assert found.rule is MaximumRule.OBSERVED
    assert found.bpm is not None
    return found.bpm - heart.maximum_bpm


@pytest.mark.slow
def test_artefacts_cost_nothing_of_what_clean_recordings_tell() -> None:
    clean, spoilt = (
        [error_bpm(heart, heart_frames(heart, seed)) for seed in RUNNERS
         for heart in [drawn_heart(seed, is_spoilt)]]
        for is_spoilt in (False, True)
    )  # fmt: skip
    # The third highest ever was 33 beats off on the spoilt ones.
    assert mean(map(abs, spoilt)) < mean(map(abs, clean)) + 1.0 < 8.0
    # Nobody reaches the true maximum in each of three runs, so it is a little too low.
    assert max(spoilt) < 6.0
