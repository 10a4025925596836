-- One row per table under data/raw that is or could be a diary, those that gave nothing first.
-- $1 how many rows at most
select
    path,
    member,
    columns is not null as is_read
from source_file
where
    status <> 'duplicate'
    and (reader is null or reader = 'diary')
    and reason_code is distinct from 'not_needed'
    and regexp_matches(lower(coalesce(member, path)), '[.](([ct]sv|txt)([.]gz)?|xls[xm]|ods)$')
    and (
        columns is not null
        or regexp_matches(lower(coalesce(member, path)), '[.]([ct]sv([.]gz)?|xls[xm]|ods)$')
    )
order by is_read, path, member nulls first
limit $1
