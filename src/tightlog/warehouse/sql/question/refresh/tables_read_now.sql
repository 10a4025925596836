-- One row per table the last refresh read: what was taken from it, in words.
select concat_ws(' > ', path, member) || ': ' || concat_ws('; ', columns, reason) as words
from source_file
where is_new and columns is not null and status <> 'duplicate'
order by path, member nulls first
