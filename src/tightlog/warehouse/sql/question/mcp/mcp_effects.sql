-- One row per intervention the runner logged, the strongest evidence first.
select
    i.title,
    e.intervention,
    e.verdict,
    e.verdict_reason,
    e.n_done + e.n_not_done as n,
    e.n_done,
    e.n_not_done,
    e.effect_points,
    e.effect_low,
    e.effect_high,
    e.shrunk_points,
    e.p_value,
    e.q_value,
    e.e_value,
    e.smallest_detectable_points,
    e.inseparable_from,
    e.first_seen_on,
    e.robustness_pct,
    'own record, observed' as grade,
    i.evidence_note,
    e.sentence
from effect as e
left join intervention as i on i.intervention = e.intervention
order by e.e_value desc nulls last, e.intervention
