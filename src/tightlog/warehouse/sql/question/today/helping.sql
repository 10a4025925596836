-- One row per intervention after which the runner's own next score was lower.
select e.intervention
from effect as e
where e.verdict = 'helps'
