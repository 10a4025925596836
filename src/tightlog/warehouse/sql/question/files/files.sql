-- One row per file of a page of the list: of one status (null: of all), with a text in its place.
-- $1 the status, null for all
-- $2 the status again
-- $3 a text in path or member, '' for all
-- $4 how many rows
-- $5 after how many
select
    path,
    member,
    status,
    reason,
    columns,
    activity_count
from source_file
where
    ($1::varchar is null or status = $2)
    and contains(lower(concat_ws(' › ', path, member)), lower($3))
order by path, member nulls first
limit $4 offset $5
