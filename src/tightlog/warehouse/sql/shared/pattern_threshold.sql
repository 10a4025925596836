-- One row per threshold of a rule.
select
    pattern,
    name,
    value,
    default_value,
    unit,
    meaning
from pattern_threshold
