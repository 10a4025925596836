-- Which files could not be read, or only in part, and why?
select
    status,
    path,
    member,
    reason
from source_file
where status in ('unreadable', 'partial')
order by status desc, path, member
