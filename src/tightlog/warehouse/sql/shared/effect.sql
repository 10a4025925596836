-- One row per intervention evaluated; the words of one that holds what is noted fixed are left out
-- unless `context` is switched on.
with told as (
    select
        *,
        context_held_fixed is null
        or (getvariable('wellness') and getvariable('context')) as has_words
    from effect
)

select
    intervention,
    n_done,
    n_not_done,
    effect_points,
    effect_low,
    effect_high,
    error_points,
    shrunk_points,
    p_value,
    q_value,
    e_value,
    smallest_detectable_points,
    is_run_held_fixed,
    inseparable_from,
    first_seen_on,
    robustness_pct,
    verdict,
    verdict_reason,
    had,
    needed,
    case when has_words then context_held_fixed end as context_held_fixed,
    case when has_words then still_needed end as still_needed,
    case when has_words then statement end as statement,
    case when has_words then sentence end as sentence,
    case when has_words then details end as details
from told
