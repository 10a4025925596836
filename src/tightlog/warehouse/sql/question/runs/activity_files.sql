-- One row per place where the file of an activity lies, copies included.
-- $1 the activity's id
select
    f.path,
    f.member,
    f.reader,
    f.status,
    f.reason
from activity as a
inner join source_file as f on f.sha256 = a.sha256
where a.activity_id = $1
order by f.path, f.member nulls first
