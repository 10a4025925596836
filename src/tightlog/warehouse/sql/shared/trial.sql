-- One row per coin-flip trial; without its seed, and without what the runner or a warning sign said
-- at its end.
select
    trial_id,
    intervention,
    planned_on,
    started_on,
    ended_on,
    state,
    case
        when ending in ('planned', 'early', 'lost_seed') or getvariable('red_flags') then ending
    end as ending,
    tosses_planned,
    tosses_made,
    power_at_1_point,
    seed_hash,
    is_seed_right,
    e_value,
    clear_at_toss,
    n_assigned,
    n_not_assigned,
    n_as_told,
    effect_points,
    effect_low,
    effect_high,
    p_value,
    smallest_detectable_points,
    as_told_points,
    verdict,
    case
        when
            ending is null
            or ending in ('planned', 'early', 'lost_seed')
            or getvariable('red_flags')
            then sentence
    end as sentence
from trial
