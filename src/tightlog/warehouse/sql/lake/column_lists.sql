-- One row per list of columns that files of a relation have.
-- $1 the paths of the files
with columns_of as (
    select
        file_name,
        list(name || ' ' || type order by column_id) as columns
    from parquet_schema($1)
    group by file_name
)

select distinct columns
from columns_of
