-- One row per file of a status (null: of all), with what became of it and why.
-- $1 the status, null for all
select
    path,
    member,
    status,
    activity_count,
    reason,
    columns
from source_file
where ($1::varchar is null or status = $1)
order by path, member nulls first
