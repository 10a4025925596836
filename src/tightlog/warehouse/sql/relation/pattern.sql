-- One row per rule that watches the days.
create or replace table pattern as
select
    p.pattern,
    p.title,
    p.what,
    p.why,
    p.grade,
    p.source,
    p.threshold,
    p.needs,
    p.is_watched
from incoming_pattern as p;
comment on column pattern.pattern is 'id of the rule, R and its number';
comment on column pattern.title is 'its name';
comment on column pattern.what is 'what it looks for';
comment on column pattern.why is 'why it matters';
comment on column pattern.grade is
'grade of the evidence: A from runners, B from low-back pain, C a mechanism, D convention or the '
'article only';
comment on column pattern.source is 'where the evidence comes from';
comment on column pattern.threshold is 'its threshold with the unit';
comment on column pattern.needs is 'the data it needs';
comment on column pattern.is_watched is
'false when the runner''s data lack what it needs; then no match means nothing';
