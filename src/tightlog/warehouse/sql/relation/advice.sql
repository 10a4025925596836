-- One row per piece of advice of a day, at most three.
create or replace table advice as
select
    a.day,
    a.rank,
    a.intervention,
    a.pattern,
    a.your_data,
    a.what_is_known,
    a.article_says,
    a.heading
from incoming_advice as a
order by a.day, a.rank;
comment on column advice.day is 'local date the advice is for';
comment on column advice.rank is 'order of the advice of a day; 1 comes first';
comment on column advice.intervention is 'what to do, see intervention';
comment on column advice.pattern is 'the rule it follows from, see pattern';
comment on column advice.your_data is 'what your data show';
comment on column advice.what_is_known is 'what is known in general, with grade and source';
comment on column advice.article_says is
'what to do first, then the dose, our caution and what the article says about it';
comment on column advice.heading is
'why it is given, in a few words: the rule''s title, or the situation when no rule matched, such '
'as No data yet';
