-- One row per intervention of the article.
create or replace table intervention as
select
    i.intervention,
    i.title,
    i.category,
    i.how_to,
    i.dose,
    i.caution,
    i.evidence_note,
    i.alias,
    i.starting_dose,
    i.dose_origin,
    i.dose_source,
    i.dose_grade,
    i.dose_low_s,
    i.dose_high_s,
    i.dose_repetitions,
    i.dose_sets,
    i.is_dose_each_side,
    i.dose_rest_s,
    i.dose_per_week
from incoming_intervention as i;
comment on column intervention.intervention is 'id, S1 to G4';
comment on column intervention.title is 'its name';
comment on column intervention.category is 'one of the article''s groups';
comment on column intervention.how_to is 'how to do it, in our words';
comment on column intervention.dose is 'the article''s dose; "not stated" where it gives none';
comment on column intervention.caution is 'what to be careful about';
comment on column intervention.evidence_note is 'what outside evidence says, with its source';
comment on column intervention.alias is 'other names `tightlog did` understands';
comment on column intervention.starting_dose is 'what to begin with, in words';
comment on column intervention.dose_origin is
'"article": its time or words are the article''s, sets, rest and week ours; "ours": all is ours';
comment on column intervention.dose_source is 'what our part of the dose rests on';
comment on column intervention.dose_grade is
'how much it rests on: A seen in runners, B in back pain, C mechanism only, D no study behind it';
comment on column intervention.dose_low_s is 'shortest time of one repetition or hold, s';
comment on column intervention.dose_high_s is 'longest time of one repetition or hold, s';
comment on column intervention.dose_repetitions is 'repetitions of one set; null for a hold';
comment on column intervention.dose_sets is 'sets; null where there is one time only';
comment on column intervention.is_dose_each_side is 'true where left and right are done in turn';
comment on column intervention.dose_rest_s is 'rest between sets, s';
comment on column intervention.dose_per_week is 'times a week; null where none is suggested';
