-- One row per segment: its files, and whether it holds any of the activities.
-- $1 ids of the activities
with asked as (
    select activity_key
    from ingest.activity
    where activity_id in (select unnest($1))
)

select
    s.run_window_path as run_windows,
    s.heart_rate_seconds_path as heart_rate_seconds,
    exists (
        from asked as a
        where a.activity_key between s.first_key and s.last_key
    ) as is_asked
from ingest.segment as s
order by s.first_key
