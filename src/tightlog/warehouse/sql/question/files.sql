-- One row per file of a page of the list: of one status (null: of all), with a text in its place.
select path, member, status, reason, columns, activity_count
from source_file
where (?::varchar is null or status = ?) and contains(lower(concat_ws(' › ', path, member)), lower(?))
order by path, member nulls first
limit ? offset ?
