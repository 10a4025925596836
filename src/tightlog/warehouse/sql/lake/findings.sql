-- One row per home and exposure with an estimate from enough data: its slope per unit.
select
    f.home,
    f.exposure as name,
    f.title,
    f.unit,
    f.exposure_low,
    f.exposure_high,
    f.effect_points / (f.exposure_high - f.exposure_low) as slope,
    f.error_points / (f.exposure_high - f.exposure_low) as error,
    coalesce(f.verdict = 'reacts', false) as is_reacting
from finding as f
where
    f.effect_points is not null
    and f.error_points > 0
    and f.exposure_high > f.exposure_low
    and f.verdict <> 'not_enough_data'
order by f.exposure, f.home
