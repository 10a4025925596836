-- One row: the format of the lake.
select format
from lake.made
