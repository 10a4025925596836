-- One row per feature of a day that is shared.
select
    feature,
    unit,
    family,
    definition,
    source
from feature
where list_contains(getvariable('shared_columns'), feature)
