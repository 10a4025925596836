-- One row per table the runner may have meant as a diary: refused ones, other CSVs, and
-- spreadsheets, which tightlog cannot open.
-- $1 how many rows at most
select
    path,
    member,
    reason,
    columns,
    count(*) over () as file_count
from source_file
where
    (reader = 'diary' and status in ('unreadable', 'no_activity'))
    or (
        status = 'no_activity'
        and starts_with(reason, 'not a diary')
        and regexp_matches(lower(coalesce(member, path)), '[.][ct]sv([.]gz)?$')
    )
    or (
        status = 'no_activity' and not starts_with(reason, 'not needed')
        and member is null and regexp_matches(lower(path), '[.](xlsx?|ods|numbers)$')
    )
order by path, member nulls first
limit $1
