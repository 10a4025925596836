-- One row per file status; a file that is not new counts as unchanged.
-- $1 true when the last refresh read anything
select
    if(is_new and $1, status, 'unchanged') as status,
    count(*) as file_count
from source_file
group by all
