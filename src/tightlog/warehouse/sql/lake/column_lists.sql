-- One row per list of columns that files of a relation have; $files stands for these.
with columns_of as (
    select
        file_name,
        list(name || ' ' || type order by column_id) as columns
    from parquet_schema($files)
    group by file_name
)

select distinct columns
from columns_of
