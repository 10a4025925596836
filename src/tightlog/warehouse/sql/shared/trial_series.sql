-- One row per intervention of which two or more trials are over.
select
    intervention,
    trials,
    tosses_made,
    n_assigned,
    n_not_assigned,
    effect_points,
    effect_low,
    effect_high,
    e_value,
    verdict,
    sentence
from trial_series
