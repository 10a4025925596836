-- One row per file status; with $1 true a file that is not new counts as unchanged, else every file does.
select if(is_new and $1, status, 'unchanged') as status, count(*) as file_count
from source_file
group by all
