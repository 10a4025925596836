-- One row: how many files that list has.
-- $1 the status, null for all
-- $2 the status again
-- $3 a text in path or member, '' for all
select count(*) as file_count
from source_file
where
    ($1::varchar is null or status = $2)
    and contains(lower(concat_ws(' › ', path, member)), lower($3))
