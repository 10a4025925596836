-- One row per coin-flip trial that is over and has an answer; its interval is that of all tosses
-- where it ended as planned, else the wider one of bets.
select
    t.home,
    t.intervention as name,
    t.effect_points,
    t.effect_low,
    t.effect_high,
    t.p_value
from trial as t
where
    t.state in ('ended', 'stopped')
    and t.is_seed_right
    and t.effect_points is not null
order by t.intervention, t.home, t.trial_id
