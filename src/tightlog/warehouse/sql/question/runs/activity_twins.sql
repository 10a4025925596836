-- One row per recording set aside because this activity is the richer one, with the place of its
-- file and the reason.
-- $1 the id of the activity kept
select
    d.activity_id,
    d.reason,
    min(concat_ws(' › ', f.path, f.member)) as place
from duplicate_activity as d
left join source_file as f on f.sha256 = d.sha256
where d.kept_activity_id = $1
group by d.activity_id, d.reason
order by place, d.activity_id
