-- One row per column of a version: what it holds and in which unit.
select
    relation,
    one_row_per,
    column_name,
    meaning
from relation_guide
