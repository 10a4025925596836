-- One row: how many files of data/raw are known, members of archives and files of sources (whose
-- paths are whole) not counted.
select count(distinct path) as file_count
from source_file
where path not like '/%' and path not like '~/%'
