-- One row per column that is shared.
select
    relation,
    one_row_per,
    column_name,
    data_type,
    meaning
from relation_guide
