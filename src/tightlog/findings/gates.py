"""How much data a comparison needs, without loading the statistics."""

# Of the score diary, for every finding.
FEWEST_SCORES = 60
FEWEST_DIARY_DAYS = 90
MOST_MISSING_SHARE = 0.60
MOST_COMMON_SCORE_SHARE = 0.90
# A break this long is a pause of the diary, not days with a missing score.
LONGEST_DIARY_GAP_D = 28
# Of one exposure.
FEWEST_EXPOSURE_DAYS = 20
FEWEST_EVENTS = 8
# Of two interventions, days with only one of them.
FEWEST_APART = 8
# What else is held fixed must be known on all rows but this share of them.
LARGEST_LOSS_SHARE = 0.2
