-- One row per feature of a day that is shared: those of recordings and scores, those of nights
-- where `wellness` is switched on, and what a diary notes where `context` is.
select
    feature,
    unit,
    family,
    definition,
    source
from feature
where
    family in (
        'coverage',
        'tightness',
        'mileage',
        'recovery',
        'cadence',
        'form',
        'load',
        'cross_training',
        'shoes'
    )
    or (family = 'nights' and getvariable('wellness'))
    or (
        family = 'context'
        and case
            when list_contains(getvariable('wellness_names'), feature[9:])
                then getvariable('wellness')
            else getvariable('context')
        end
    )
