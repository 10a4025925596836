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
        ['clear', 'possible', 'reacts', 'nothing_seen', 'not_enough_data'], verdict
    ) nulls last,
    q_value nulls last,
    exposure
