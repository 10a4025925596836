-- One row per tightness score that stands; without its note and the words of its file.
select
    entry_id,
    rated_at,
    day,
    moment,
    score,
    case when getvariable('red_flags') then is_sharp end as is_sharp,
    case when getvariable('red_flags') then red_flags end as red_flags,
    case when getvariable('red_flags') then side end as side,
    case when getvariable('red_flags') then radiation end as radiation,
    case when getvariable('red_flags') then is_woken end as is_woken,
    case when getvariable('context') then eased end as eased
from tightness
