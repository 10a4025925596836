-- One row per list of columns that files of a relation have, in place of lake.parquet.
with columns_of as (
    select
        file_name,
        list(name || ' ' || type order by column_id) as columns
    from parquet_schema(['lake.parquet'])
    group by file_name
)

select distinct columns
from columns_of
