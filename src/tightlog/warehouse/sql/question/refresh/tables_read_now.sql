-- One row per table the last refresh read: what was taken from it.
select
    concat_ws(' > ', path, member) as place,
    columns,
    reason
from source_file
where is_new and columns is not null and status <> 'duplicate'
order by path, member nulls first
