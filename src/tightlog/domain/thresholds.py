"""Numbers that decide in more than one place, each with what it means."""

# Ours: data, a score or a block of runs this many days old still describe today.
FRESH_D = 7
# Ours: this many days after the last run nothing is said about running.
RUN_GAP_D = 14
# Half of the 2 points that patients call an important change of pain (Ostelo et al. 2008, Spine
# 33:90): a smaller effect is not felt on most days. Borrowed: nobody has established it for
# tightness.
RELEVANT_POINTS = 1.0
# A share that is exactly at its limit is not over it: 11 km after 10 km is +10.000000000000009 % in
# floating point.
ROUNDING = 1e-9
# Before an intervention is compared: days on which it was done, and like days without it.
FEWEST_DONE = 8
FEWEST_NOT_DONE = 8
# Ours: of a load of which more than a fifth is estimated from minutes, how hard it was is a guess:
# findings and patterns do not use it.
MOST_ESTIMATED_PCT = 20.0
# A twin lasts as long when it is this share of the kept activity, or the other way round; only then
# its totals and its heart rate are of the whole.
WHOLE_SPAN = 0.9
