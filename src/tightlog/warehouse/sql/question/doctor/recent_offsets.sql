-- One row per activity of the newest sixty whose file or position tells the local time.
select
    started_at,
    utc_offset_s
from activity
where utc_offset_source in ('device', 'position')
order by started_at desc
limit 60
