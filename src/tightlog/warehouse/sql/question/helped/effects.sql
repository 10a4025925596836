-- One row per intervention compared, the telling ones first.
select
    e.intervention,
    coalesce(i.title, e.intervention) as title,
    e.n_done,
    e.n_not_done,
    e.effect_points,
    e.effect_low,
    e.effect_high,
    e.shrunk_points,
    e.e_value,
    e.first_seen_on,
    e.robustness_pct,
    e.inseparable_from,
    e.smallest_detectable_points,
    e.verdict,
    e.verdict_reason,
    e.had,
    e.needed,
    e.still_needed,
    e.statement,
    e.details,
    e.sentence
from effect as e
left join intervention as i on i.intervention = e.intervention
order by
    list_position(
        ['helps', 'hurts', 'hint', 'nothing_seen', 'not_enough_data'], e.verdict
    ) nulls last,
    e.p_value nulls last,
    e.intervention
