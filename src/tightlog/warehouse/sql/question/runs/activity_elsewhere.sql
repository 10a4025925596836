-- One row when an id is not among the activities that count: left out by the runner (no
-- kept_activity_id), or set aside for a richer twin.
-- $1 the activity's id
select
    null as kept_activity_id,
    'left_out' as state,
    null as reason
from ignored_activity
where activity_id = $1
union all
select
    kept_activity_id,
    'twin' as state,
    reason
from duplicate_activity
where activity_id = $1
