-- One row per local calendar day from the first to the last known.
create or replace table day as
select * from incoming_day;
comment on column day.day is 'the runner''s local date';
