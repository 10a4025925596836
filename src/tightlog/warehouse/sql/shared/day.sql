-- One row per local calendar day, with the features that are shared.
select
    day,
    columns(lambda c: list_contains(getvariable('shared_columns'), c))
from day
