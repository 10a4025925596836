-- One row per file of a cohort's lake that its view of records reads.
select path
from lake.file
