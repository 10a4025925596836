-- One row per activity whose id starts so, and its state: counted, left_out (by the runner) or
-- waiting (until it is confirmed).
-- $1 the beginning of the id
select
    a.activity_id,
    a.day,
    a.sport,
    a.sub_sport,
    a.sport_rule,
    a.distance_m,
    a.name,
    a.shoe,
    a.rpe,
    'counted' as state
from activity as a
where starts_with(a.activity_id, $1)
union all
select
    i.activity_id,
    i.day,
    i.sport,
    null,
    null,
    i.distance_m,
    null,
    null,
    null,
    'left_out'
from ignored_activity as i
where starts_with(i.activity_id, $1)
union all
select
    d.activity_id,
    d.day,
    d.sport,
    null,
    null,
    d.distance_m,
    null,
    null,
    null,
    'waiting'
from doubtful_activity as d
where d.is_set_aside and starts_with(d.activity_id, $1)
