-- One row per tightness score that stands; without its note and the words of its file.
select
    entry_id,
    rated_at,
    day,
    moment,
    score,
    case when getvariable('red_flags') then is_sharp end as is_sharp,
    case when getvariable('red_flags') then red_flags end as red_flags,
    case when getvariable('context') then eased end as eased
from tightness
