-- One row per path of those asked for: what became of the file, and of the members of an archive.
-- $1 the paths
select
    path,
    max(status) filter (where member is null) as status,
    max(reason) filter (where member is null) as reason,
    max(columns) filter (where member is null) as columns,
    sum(activity_count)::bigint as activity_count,
    count(member) as member_count,
    count(member) filter (where status = 'read') as read_count,
    count(member) filter (where status = 'partial') as partial_count,
    count(member) filter (where status = 'duplicate') as duplicate_count,
    count(member) filter (where status = 'no_activity') as no_activity_count,
    count(member) filter (where status = 'unreadable') as unreadable_count
from source_file
where list_contains($1::varchar[], path)
group by path
order by path
