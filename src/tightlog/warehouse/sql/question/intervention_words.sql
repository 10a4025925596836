-- One row: the words of one intervention.
select intervention, title, category, how_to, dose, caution, evidence_note
from intervention
where intervention = ?
