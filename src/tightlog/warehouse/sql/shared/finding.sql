-- One row per exposure tested, of the features that are shared; the words of one that holds sleep
-- or stress fixed are left out unless both `wellness` and `context` are switched on.
with told as (
    select
        *,
        held_fixed is null
        or family = 'daily_life'
        or (getvariable('wellness') and getvariable('context')) as has_words
    from finding
    where list_contains(getvariable('shared_columns'), exposure)
)

select
    exposure,
    family,
    title,
    unit,
    unit_size,
    lag_window,
    n_days,
    exposure_days,
    estimated_days,
    exposure_low,
    exposure_high,
    effect_points,
    effect_low,
    effect_high,
    error_points,
    shrunk_points,
    told_points,
    told_lag_d,
    p_value,
    q_value,
    e_value,
    smallest_detectable_points,
    score_count,
    scores_needed,
    reaction_p,
    first_seen_on,
    robustness_pct,
    same_as,
    verdict,
    verdict_reason,
    had,
    needed,
    case when has_words then held_fixed end as held_fixed,
    case when has_words then still_needed end as still_needed,
    case when has_words then would_have_shown end as would_have_shown,
    case when has_words then statement end as statement,
    case when has_words then sentence end as sentence,
    case when has_words then details end as details
from told
