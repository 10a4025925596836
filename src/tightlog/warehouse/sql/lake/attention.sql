-- One row per reason to look at a home today, the most urgent first.
create or replace table attention as
select
    i.place,
    i.home,
    i.reason,
    i.urgency,
    i.since,
    i.sentence
from incoming_attention as i
order by i.place;
comment on table attention is 'reason to look at a home';
comment on column attention.place is 'order of urgency, from 1';
comment on column attention.reason is
'red_flag, unread, new_pattern, worsening, no_score or no_file';
comment on column attention.urgency is 'emergency, soon or look';
comment on column attention.since is 'the day it began; null where that is not known';
comment on column attention.sentence is 'the same in words';
