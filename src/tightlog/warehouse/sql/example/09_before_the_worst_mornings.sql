-- What came before my ten tightest mornings?
select
    d.day,
    d.tightness_score,
    round(before.run_distance_m / 1000, 1) as km_the_day_before,
    before.descent_m as downhill_m_the_day_before,
    before.session_spike_state as longest_run_lately,
    round(before.run_distance_7d_m / 1000, 1) as km_in_the_7_days_before,
    before.since_strength_d as days_since_strength
from day as d
left join day as before on before.day = d.day - 1
where d.tightness_score is not null
order by d.tightness_score desc, d.day desc
limit 10
