-- One row per earlier Monday on which the record up to that day was looked at again.
create or replace table past_look as
select
    p.about,
    p.looked_on,
    p.told,
    p.mark
from incoming_past_look as p;
comment on column past_look.about is 'finding or effect';
comment on column past_look.looked_on is 'the Monday; only days up to it were looked at';
comment on column past_look.told is
'exposures called possible or clear, or interventions said to help or hurt, as of that day';
comment on column past_look.mark is
'mark of the days up to it, by which the look is carried on while they are the same';
