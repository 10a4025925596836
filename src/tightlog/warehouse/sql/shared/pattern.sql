-- One row per rule that watches the days.
select
    pattern,
    title,
    what,
    why,
    grade,
    source,
    threshold,
    needs,
    is_watched
from pattern
