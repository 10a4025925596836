-- One row per other thing known of a day: nights and days of watches where `wellness` is switched
-- on, what a diary notes where `context` is; without source and device, which hold names.
select
    day,
    name,
    value,
    unit,
    evidence,
    is_chosen
from context
where
    case
        when
            list_contains(getvariable('wellness_names'), name)
            or (list_contains(getvariable('noted_names'), name) and unit in ('h', 'min'))
            then getvariable('wellness')
        else getvariable('context')
    end
