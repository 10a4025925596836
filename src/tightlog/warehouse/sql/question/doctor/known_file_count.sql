-- One row: how many files of data/raw are known, members of archives not counted.
select count(distinct path) as file_count from source_file
