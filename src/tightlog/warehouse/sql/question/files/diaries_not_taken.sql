-- One row per table the runner may have meant as a diary: refused ones, other tables, and
-- spreadsheets of a kind tightlog cannot open.
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
        reason_code = 'not_a_diary'
        and regexp_matches(lower(coalesce(member, path)), '[.]([ct]sv([.]gz)?|xls[xm]|ods)$')
    )
    or (
        status = 'no_activity'
        and reason_code is distinct from 'not_needed'
        and member is null and regexp_matches(lower(path), '[.](xlsb?|numbers)$')
    )
order by path, member nulls first
limit $1
