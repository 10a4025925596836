"""The red flags a runner can tick, by name."""

RED_FLAG_NAMES = frozenset({
    "saddle_numbness", "bladder_or_bowel", "leg_weakness", "both_legs_pain", "trauma", "fever",
    "weak_immunity", "cancer_history", "unexplained_weight_loss", "night_pain", "upper_back_pain",
    "osteoporosis", "inflammatory_disease", "new_at_this_age",
})  # fmt: skip
