-- One row per activity whose id starts so, those left out or waiting to be confirmed among them.
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
    a.rpe
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
    'left out by you',
    null,
    null
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
    'waits until you confirm it',
    null,
    null
from doubtful_activity as d
where d.is_set_aside and starts_with(d.activity_id, $1)
