-- One row per feature of a list of names: what it is and where it is from.
-- $1 the features, in the order wanted
select
    feature,
    unit,
    definition,
    source
from feature
where list_contains($1, feature)
order by list_position($1, feature)
