-- One row per diary that was read, with what its columns were taken for.
-- $1 how many rows at most
select
    path,
    member,
    reason,
    columns,
    count(*) over () as file_count
from source_file
where columns is not null and status = 'read'
order by path, member nulls first
limit $1
