-- One row per rule and day it matched.
create or replace table pattern_match as
select
    m.day,
    m.pattern,
    m.state,
    m.started_on,
    m.evidence,
    m.value,
    m.threshold,
    m.red_flags,
    m.until_on
from incoming_pattern_match as m
order by m.day, m.pattern;
comment on column pattern_match.day is 'local date';
comment on column pattern_match.pattern is 'the rule, see pattern';
comment on column pattern_match.state is 'new on the first day of an episode, then ongoing';
comment on column pattern_match.started_on is 'first day of the episode';
comment on column pattern_match.evidence is 'the numbers that made it match, in words';
comment on column pattern_match.value is 'the number that made it match';
comment on column pattern_match.threshold is 'the threshold it passed';
comment on column pattern_match.red_flags is
'names of the red flags that stand, for R0; null for every other rule';
comment on column pattern_match.until_on is
'last day on which it says something about the back, for R21: the morning its scores are compared '
'with; null for every other rule';
