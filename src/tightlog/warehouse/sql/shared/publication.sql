-- One row: when this version was made, and for which day.
select
    schema_version,
    tightlog_version,
    refreshed_at,
    as_of_day,
    is_analysed,
    is_sample
from publication
