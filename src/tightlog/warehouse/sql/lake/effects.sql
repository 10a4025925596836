-- One row per home and intervention with an estimate from its diary; those that cannot be told
-- apart from another one are left out.
select
    e.home,
    e.intervention as name,
    e.effect_points as slope,
    e.error_points as error,
    false as is_reacting
from effect as e
where
    e.effect_points is not null
    and e.error_points > 0
    and e.inseparable_from is null
    and e.verdict <> 'not_enough_data'
order by e.intervention, e.home
