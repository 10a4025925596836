-- One row per home of the cohort: what became of it at the last refresh.
create or replace table member as
select
    i.home,
    i.state,
    i.reason,
    i.shared,
    i.refreshed_at,
    i.local_day,
    i.score_count,
    i.last_score_on,
    i.last_score,
    i.last_activity_on,
    i.usual_gap_d,
    i.red_flag_count,
    i.worsening_points
from incoming_member as i
order by i.home;
comment on table member is 'home of the cohort';
comment on column member.state is
'done, unchanged, not_shared, failed or gone; the rows of a home that is not_shared or gone have '
'left the lake';
comment on column member.reason is 'why it failed, is not shared or gone';
comment on column member.shared is 'the parts its runner shares with this cohort';
comment on column member.refreshed_at is 'UTC instant when its version was made';
comment on column member.local_day is 'its local day when it was looked at';
comment on column member.score_count is 'scores it holds; null where status is not shared';
comment on column member.last_score_on is 'day of the newest score';
comment on column member.last_score is 'the newest score, 0–10';
comment on column member.last_activity_on is 'day of the newest activity';
comment on column member.usual_gap_d is
'longest time between two days with an activity in the 90 days before the newest, d';
comment on column member.red_flag_count is 'red flags that stand';
comment on column member.worsening_points is
'median score of the last 7 days less that of the 28 days before, points; null with fewer than 3 '
'or 10 scores';
