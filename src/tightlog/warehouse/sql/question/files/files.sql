-- One row per file of a page of the list, with the count of all: of one status (null: of all),
-- with a text in its place; those that came last are on top.
-- $1 the status, null for all
-- $2 a text in path or member, '' for all
-- $3 how many rows, null for all
-- $4 after how many
select
    path,
    member,
    status,
    activity_count,
    reason,
    columns,
    count(*) over () as file_count
from source_file
where
    ($1::varchar is null or status = $1)
    and contains(lower(concat_ws(' › ', path, member)), lower($2))
order by first_seen_at desc, path, member nulls first
limit $3 offset $4
