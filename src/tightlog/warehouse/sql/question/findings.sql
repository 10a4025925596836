-- One row per exposure tested, the telling ones first.
select
    exposure, title, lag_window, n_days, effect_points, effect_low, effect_high, verdict, smallest_detectable_points, held_fixed,
    still_needed, would_have_shown, sentence
from finding
order by list_position(['clear', 'possible', 'reacts', 'nothing_seen', 'not_enough_data'], verdict) nulls last, q_value nulls last, exposure
