-- One row: the words of one intervention.
-- $1 the intervention's id
select
    intervention,
    title,
    category,
    how_to,
    dose,
    caution,
    evidence_note
from intervention
where intervention = $1
