-- One row per activity that is asked about, with what is doubtful.
select
    d.activity_id,
    d.started_at,
    d.day,
    d.sport,
    d.elapsed_s,
    d.speed_mps,
    d.device_offset_s,
    d.utc_offset_s,
    d.doubts,
    d.is_set_aside,
    min(concat_ws(' > ', f.path, f.member)) as place
from doubtful_activity as d
left join source_file as f on f.sha256 = d.sha256
group by all
order by d.is_set_aside desc, d.started_at, d.activity_id;
