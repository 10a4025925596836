-- One row per file status: how many files have it.
select
    status,
    count(*) as file_count
from source_file group by status
