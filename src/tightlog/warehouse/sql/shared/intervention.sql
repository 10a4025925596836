-- One row per intervention of the article.
select
    intervention,
    title,
    category,
    how_to,
    dose,
    caution,
    evidence_note,
    alias
from intervention
