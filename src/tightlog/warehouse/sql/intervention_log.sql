-- One row per intervention done, logged by the runner or seen in a watch file.
create or replace table intervention_log as
select i.entry_id, i.done_at, i.day, i.intervention, i.minutes, i.rpe, i.source
from incoming_intervention as i
order by i.day, i.done_at nulls first, i.entry_id;
comment on column intervention_log.entry_id is 'id of the entry; watch-… for one seen in a file';
comment on column intervention_log.done_at is 'UTC instant; null where only the date is known';
comment on column intervention_log.day is 'the runner''s local date';
comment on column intervention_log.intervention is 'what was done, see intervention';
comment on column intervention_log.minutes is 'duration, min; null when not given';
comment on column intervention_log.rpe is 'rating of perceived exertion 0–10; null when not given';
comment on column intervention_log.source is 'diary or watch';
