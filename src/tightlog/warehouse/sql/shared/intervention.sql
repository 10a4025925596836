-- One row per intervention of the article.
select
    intervention,
    title,
    category,
    how_to,
    dose,
    caution,
    evidence_note,
    alias,
    starting_dose,
    dose_origin,
    dose_source,
    dose_grade,
    dose_low_s,
    dose_high_s,
    dose_repetitions,
    dose_sets,
    is_dose_each_side,
    dose_rest_s,
    dose_per_week
from intervention
