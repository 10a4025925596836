-- One row per exposure tested, the telling ones first.
select
    exposure,
    title,
    unit,
    unit_size,
    lag_window,
    look_back_d,
    is_window_in_title,
    n_days,
    effect_points,
    effect_low,
    effect_high,
    lag_1_points,
    lag_2_points,
    lag_3_points,
    cumulative_points,
    cumulative_low,
    cumulative_high,
    told_lag_d,
    told_points,
    shrunk_points,
    e_value,
    first_seen_on,
    robustness_pct,
    same_as,
    smallest_real_change_points,
    smallest_detectable_points,
    held_fixed,
    verdict,
    verdict_reason,
    had,
    needed,
    still_needed,
    would_have_shown,
    statement,
    sentence
from finding
order by
    list_position(
        ['clear', 'possible', 'hint', 'reacts', 'nothing_seen', 'not_enough_data'], verdict
    ) nulls last,
    q_value nulls last,
    exposure
