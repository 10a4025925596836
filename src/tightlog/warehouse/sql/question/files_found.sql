-- One row: how many files that list has.
select count(*) as file_count
from source_file
where (?::varchar is null or status = ?) and contains(lower(concat_ws(' › ', path, member)), lower(?))
