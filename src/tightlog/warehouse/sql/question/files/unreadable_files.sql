-- One row per unreadable file that is no diary, with the count of all.
-- $1 how many rows at most
select
    path,
    member,
    reason,
    columns,
    count(*) over () as file_count
from source_file
where status = 'unreadable' and reader is distinct from 'diary'
order by path, member nulls first
limit $1
