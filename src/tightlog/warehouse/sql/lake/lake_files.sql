-- One row per file of a cohort's lake that its views read.
select path
from lake.file
