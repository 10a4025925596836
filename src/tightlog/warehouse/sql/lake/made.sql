-- One row: the format of the lake, and a mark of what its rows are made from.
select
    format,
    made_from
from lake.made
