-- One row per answer to how well the runner can do a thing of their own, asked once a week.
create or replace table function_score as
select
    entry_id,
    rated_at,
    day,
    function,
    task
from incoming_function_score
order by day, rated_at nulls first, entry_id;
comment on column function_score.entry_id is
'id of the entry, for `tightlog diary correct` and `withdraw`';
comment on column function_score.rated_at is
'UTC instant of the answer; null where only the date is known';
comment on column function_score.day is 'the runner''s local date';
comment on column function_score.function is
'how well the runner can do it, 0 (not at all) to 10 (as before the back trouble)';
comment on column function_score.task is
'the thing the runner named; null when it was never named';
