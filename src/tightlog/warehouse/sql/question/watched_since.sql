-- One row: per kind of cross-training the first day on which it is known.
select
    min(day) filter (where swim_min is not null) as swim,
    min(day) filter (where cycle_min is not null) as cycle,
    min(day) filter (where strength_min is not null) as strength,
    min(day) filter (where core_min is not null) as core,
    min(day) filter (where mobility_min is not null) as mobility,
    min(day) filter (where other_min is not null) as other
from day
