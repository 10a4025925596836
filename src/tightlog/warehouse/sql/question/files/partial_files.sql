-- One row per file taken in part, with the count of all.
-- $1 how many rows at most
select
    path,
    member,
    reason,
    columns,
    count(*) over () as file_count
from source_file
where status = 'partial'
order by path, member nulls first
limit $1
