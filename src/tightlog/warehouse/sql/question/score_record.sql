-- One row: the score diary as the findings counted it, and what they need; none before an analysis.
select distinct
    score_count,
    scores_needed,
    diary_days,
    diary_days_needed,
    is_rated_in_evening,
    left_out_scores
from finding
