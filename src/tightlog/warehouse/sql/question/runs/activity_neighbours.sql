-- One row: the activity of the same sport before one, and the one after it; null at either end.
-- $1 the activity's id
with one as (
    select
        activity_id,
        sport,
        started_at
    from activity
    where activity_id = $1
)

select
    max_by(a.activity_id, (a.started_at, a.activity_id)) filter (
        (a.started_at, a.activity_id) < (one.started_at, one.activity_id)
    ) as earlier_id,
    min_by(a.activity_id, (a.started_at, a.activity_id)) filter (
        (a.started_at, a.activity_id) > (one.started_at, one.activity_id)
    ) as later_id
from activity as a
inner join one on one.sport = a.sport
