-- One row per file of a group on the Files page, with the count of all.
-- $1 the group: unreadable, table, partial or diary
-- $2 how many rows at most
with grouped as (
    select
        path,
        member,
        reason,
        columns,
        case
            when status = 'read' and columns is not null then 'diary'
            when status = 'partial' then 'partial'
            -- What may have been meant as a diary: refused ones, other tables, and spreadsheets of
            -- a kind tightlog cannot open.
            when
                (reader = 'diary' and status in ('unreadable', 'no_activity'))
                or (
                    reason_code = 'not_a_diary'
                    and regexp_matches(
                        lower(coalesce(member, path)), '[.]([ct]sv([.]gz)?|xls[xm]|ods)$'
                    )
                )
                or (
                    status = 'no_activity'
                    and reason_code is distinct from 'not_needed'
                    and member is null and regexp_matches(lower(path), '[.](xlsb?|numbers)$')
                )
                then 'table'
            when status = 'unreadable' then 'unreadable'
        end as file_group
    from source_file
)

select
    path,
    member,
    reason,
    columns,
    count(*) over () as file_count
from grouped
where file_group = $1
order by path, member nulls first
limit $2
