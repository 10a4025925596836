-- One row per feature that can be drawn under the tightness.
select
    feature,
    unit,
    family,
    definition,
    source
from feature
where feature <> 'tightness_score'
order by family, feature
