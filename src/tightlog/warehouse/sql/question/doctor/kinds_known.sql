-- One row: how many recordings are kept, and how many of them have no kind.
select
    count(*) as recording_count,
    count(*) filter (where coalesce(sport, 'generic') = 'generic') as unknown_count
from activity
