-- One row per segment that holds something, by key, with how many activities of its are there.
select
    s.record_path,
    s.run_window_path,
    s.heart_rate_seconds_path,
    s.record_count,
    s.activity_count,
    s.first_key,
    s.last_key,
    count(a.activity_key) as alive_count
from ingest.segment as s
left join ingest.activity as a on a.activity_key between s.first_key and s.last_key
where s.activity_count > 0
group by all
order by s.first_key
