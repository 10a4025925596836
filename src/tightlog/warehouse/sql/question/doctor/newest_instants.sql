-- One row: the start of the newest recording, and when the warehouse was last refreshed.
select
    (select max(started_at) from activity) as newest_started_at,
    refreshed_at
from publication
