-- One row per exposure tested, the strongest evidence first.
select
    title,
    exposure,
    family,
    verdict,
    verdict_reason,
    n_days as n,
    effect_points,
    effect_low,
    effect_high,
    shrunk_points,
    exposure_low,
    exposure_high,
    unit,
    p_value,
    q_value,
    e_value,
    smallest_detectable_points,
    score_count,
    scores_needed,
    first_seen_on,
    robustness_pct,
    same_as,
    'own record, observed' as grade,
    sentence
from finding
order by e_value desc nulls last, exposure
