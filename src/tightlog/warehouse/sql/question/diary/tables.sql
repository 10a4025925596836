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
    and not starts_with(coalesce(reason, ''), 'not needed')
    and regexp_matches(lower(coalesce(member, path)), '[.]([ct]sv|txt)([.]gz)?$')
    and (columns is not null or regexp_matches(lower(coalesce(member, path)), '[.][ct]sv([.]gz)?$'))
order by is_read, path, member nulls first
limit $1
