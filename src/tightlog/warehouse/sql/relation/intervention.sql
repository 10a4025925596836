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
    i.alias
from incoming_intervention as i;
comment on column intervention.intervention is 'id, S1 to G4';
comment on column intervention.title is 'its name';
comment on column intervention.category is 'one of the article''s groups';
comment on column intervention.how_to is 'how to do it, in our words';
comment on column intervention.dose is 'the article''s dose; "not stated" where it gives none';
comment on column intervention.caution is 'what to be careful about';
comment on column intervention.evidence_note is 'what outside evidence says, with its source';
comment on column intervention.alias is 'other names `tightlog did` understands';
