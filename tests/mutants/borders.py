"""The constants that guard the four sins, and the tests that must notice a tenth more or less.

A name is a constant, or `CONSTANT.keyword` for a keyword argument of the call that makes it, or
`Class.field` for the default of a field, or a function or `Class.method` whose own numbers are
borders. Every number of what is named becomes two mutants.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Border:
    """Constants of one module (`names`) and the test files that guard them (`guards`)."""

    module: str
    names: tuple[str, ...]
    guards: tuple[str, ...]


def _border(module: str, names: str, guards: str) -> Border:
    package = "" if module.startswith("dashboards.") else "tightlog."
    return Border(
        f"{package}{module}",
        tuple(names.split()),
        tuple(f"tests/{guard}.py" for guard in guards.split()),
    )


def _rule(name: str, names: str, guards: str) -> Border:
    return _border(f"patterns.rules.{name}", names, guards)


LOAD, RUNS = "patterns/test_load_borders", "patterns/test_run_borders"
SCORES, HABITS = "patterns/test_score_borders", "patterns/test_habit_borders"

# fmt: off
LOST_OR_DOUBLED = (
    _border("ingest.twins.twin_rules", "SAME_START_S BOTH_STARTED_S SAME_TIME MIN_OVERLAP PART_SPAN"
            " LEAST_OVERLAPPING_S SAME_DISTANCE CREDIBLE_SPAN_S LISTED_START_S LISTED_SPAN"
            " RENAMED_START_S RENAMED_SPAN RENAMED_LEAST_S CUT_SPAN COVERED GOES_ON shifted_s"
            " _near_start", "ingest/test_twin_borders"),
    _border("ingest.twins.effort_curves", "ALIKE EQUAL ALIKE_SHARE LEAST_STEPS",
            "ingest/test_effort_curves"),
    _border("ingest.twins.twin_totals", "WHOLE_SPAN MEAN_SPAN", "ingest/test_twin_totals"),
    _border("warehouse.publish", "KEPT_VERSIONS", "warehouse/test_version_borders"),
)
WRONG_NUMBERS = (
    _border("readers.kind", "WINDOW_S LONGEST_STEP_S FEWEST_WINDOWS RUN_MEDIAN_MPS"
            " BLIND_MEDIAN_MPS RUN_TOP_MPS BLIND_SPREAD HEART_SPREAD"
            " STEPS_SPREAD RUN_HEART_RATE_BPM STEPS_SPM STEP_LENGTH_M"
            " STEPS_VARIATION WALK_MOST_MPS WALK_HEART_RATE_BPM WALK_STEPS_SPM DRIVE_MEDIAN_MPS"
            " DAY_TRACK_S DAY_TRACK_MPS REST_HEART_RATE_BPM RUN_MOVING_SHARE MIXED_WINDOWS",
            "readers/test_kind_borders"),
    _border("domain.sports", "ACCIDENT_S ACCIDENT_M RUN_TOP_MEAN_MPS",
            "ingest/test_kinds readers/test_kind_borders"),
    _border("features.unknown_kinds", "MOST_UNKNOWN_SHARE", "features/test_unknown_kinds"),
    _border("readers.cadence", "STRIDE_LIMIT_RPM WALK_STRIDE_LIMIT_RPM WALK_TOP_SPEED_MPS"
            " _usual_spm settled", "readers/test_cadence_borders readers/test_cadence"),
    _border("readers.recorded_distance", "RESTART_FALL_M RESTARTED_AT_M RESTART_SHARE"
            " FEW_FALLS FALLS_PER_ROW CORRECTED_SHARE", "readers/test_recorded_distance"),
    _border("readers.climb", "SMOOTHED_OVER_S ALTITUDE_HYSTERESIS_M", "readers/test_climb"),
    _border("readers.travelled", "FOOT_TOP_SPEED_MPS WHEEL_TOP_SPEED_MPS PAUSE_GAP_S"
            " BLIND_PAUSE_GAP_S USUAL_STEPS PAUSE_SPEED_RATIO"
            " LEAST_OF_ONE_TIME LONGEST_TIMELESS_STEP_M",
            "readers/test_totals readers/test_recorded_distance readers/test_clocks_of_pieces"),
    _border("readers.clock_jumps", "LEAST_BACK_S LEAST_AHEAD_S DAY_S",
            "readers/test_clock_jumps readers/test_clocks_of_pieces"),
    _border("readers.fit.heart_beats", "NEAR_S", "readers/fit/test_heart_beats"),
    _border("readers.fit.sessions", "START_SLACK_S LONGER_SHARE",
            "readers/test_clocks_of_pieces"),
    _border("ingest.clocks", "NEAR LONGEST APART FEW_SHARE TOP_SPEEDS_MPS LEAST_S",
            "ingest/test_clocks"),
    _border("home.second_reading", "SAME_DISTANCE_M SAME_CADENCE",
            "home/test_second_reading"),
    _border("readers.fit.clock", "LATEST_AHEAD",
            "readers/test_clock_borders"),
    _border("readers.xml.track", "START_SLACK", "readers/test_clock_borders"),
    _border("readers.xml.tcx", "LAP_PAUSE SAME_LAP",
            "readers/test_clock_borders readers/xml/test_tcx"),
    _border("readers.xml.gpx", "ONE_OUTING_GAP",
            "readers/test_clock_borders"),
    _border("domain.clocks", "MAX_UTC_OFFSET_S UTC_OFFSET_STEP_S FIRST_YEAR LATEST_AHEAD",
            "readers/test_clock_borders ingest/test_twin_borders"),
    _border("readers.diary.score_cells", "SLIPS SLIP_SHARE SHARES YES_OR_NO",
            "readers/diary/test_score_cells readers/diary/test_diary_borders"),
    _border("readers.diary.cells.scales", "WIDEST_RANGE LENGTHS",
            "readers/diary/test_score_cells"),
    _border("readers.diary.cells.dates", "ENOUGH_IN_ORDER", "readers/diary/test_diary_borders"),
    _border("readers.diary.table", "HEADER_WITHIN MAX_ROWS",
            "readers/diary/test_diary_borders readers/diary/test_workbook_borders"),
    _border("domain.known_days", "FIRST_DAY FIRST_ZONE", "domain/test_day_borders"),
    _border("features.coverage", "LONGEST_BRIDGED_GAP_D", "features/test_mileage"),
    _border("features.mileage", "SPIKE_WINDOW_D SHORTEST_HISTORY_D",
            "features/test_mileage"),
    _border("features.load_balance", "ACUTE_D CHRONIC_D SEED_D", "features/test_load_balance"),
    _border("features.estimated_load", "SHORTEST_SESSION_MIN FEWEST_OF_KIND EFFORT_OF_KIND"
            " EFFORT_OF_SPORT OTHER_EFFORT", "features/test_estimated_load"),
    _border("features.heart_rate_peak", "HELD_S FIRST_MINUTES_S LOCKED_BPM LOCKED_WINDOWS"
            " FEWEST_WINDOWS SHORTEST_WINDOW_S", "features/test_heart_rate_peak"),
    _border("features.heart_rate_trust", "FROZEN_SHARE SHORTEST_JUDGED_S HIGH_BPM FEWEST_RUNS"
            " RARE_MAXIMUM_BPM RUNS_AT_MAXIMUM SHARE_AT_MAXIMUM SETTLED_WINDOWS",
            "features/test_heart_rate_trust"),
    _border("features.heart_rate_maximum", "WINDOW_D FEWEST_RUNS MEAN_OF_MAXIMUM"
            " SHORTEST_MEAN_MIN", "features/test_heart_rate_maximum"),
    _border("features.late_run", "SHORTEST_RUN_S FEWEST_WINDOWS_OF_THIRD MOST_SPEED_CHANGE",
            "features/test_late_run features/test_form_borders"),
    _border("features.decoupling", "SHORTEST_RUN_S NEARLY_ALL MOST_SPEED_VARIATION FLAT_GRADE"
            " FLAT_SHARE LONGEST_WITH_PAUSES STEEPEST_ADJUSTED",
            "features/test_decoupling features/test_form_borders"),
    _border("features.own_norm", "FEWEST_RUNS FEWEST_WINDOWS FEWEST_WINDOWS_OF_RUN SLOWEST_MPS"
            " FLAT_GRADE STEEPEST_GRADE SHORTEST_WINDOW_S SPEED_MARGIN_MPS",
            "features/test_own_norm_borders features/test_form_borders"),
    _border("features.downhill", "STEEP_GRADE", "features/test_downhill"),
    _border("features.moving_time", "WARM_UP_S STANDING_MPS",
            "features/test_late_run features/test_decoupling features/test_form_borders"),
    _border("features.warm_up", "WINDOW_D", "features/test_warm_up"),
)
FAKE_CERTAINTY = (
    _border("trials.randomisation", "END_ERROR", "trials/test_evidence"),
    _border("trials.evidence", "EARLY_ERROR", "trials/test_evidence"),
    _border("findings.gates", "FEWEST_SCORES FEWEST_DIARY_DAYS MOST_MISSING_SHARE"
            " MOST_COMMON_SCORE_SHARE FEWEST_EXPOSURE_DAYS FEWEST_EVENTS",
            "findings/test_verdict_borders findings/test_effect_borders"),
    _border("findings.verdict", "CLEAR_FAMILY_P POSSIBLE_Q SENSITIVITY_P",
            "findings/test_verdict_borders"),
    _border("findings.effects", "HELPS_P HELPS_Q", "findings/test_effect_borders"),
    _border("findings.exposures", "CADENCE_LOOK_BACK_D", "findings/test_exposures"),
    _border("features.cross_training", "STRENGTH_WINDOW_D", "findings/test_exposures"),
)
RED_FLAGS = (
    _border("journal.signs", "RED_FLAG_SCORE", "journal/test_red_flag_borders"),
    _border("journal.red_flag_spans", "IMPORTED_FLAG_D", "journal/test_red_flag_borders"),
    _border("advice.choose", "MOST_ADVICE DONE_LATELY_D", "advice/test_choose"),
    _border("advice.active", "SAME_FOR_D", "advice/test_choose"),
)
# Not a sin of the numbers: what outsiders may do, and for how long.
OUTSIDERS = (
    _border("readers.diary.workbook", "MAX_UNPACKED_BYTES MAX_PARTS MAX_CELLS MAX_COLUMNS"
            " MAX_SHEETS", "readers/diary/test_workbook_borders"),
    _border("warehouse.gate", "MOST_CHARACTERS", "warehouse/test_gate_borders"),
    _border("warehouse.sandbox.limits",
            "Limits.time_s Limits.rows Limits.memory_bytes Limits.answer_bytes",
            "warehouse/sandbox/test_limit_borders"),
    _border("home.password", "LEAST_CHARACTERS N", "home/test_password"),
    _border("dashboards.shell.sign_in", "LONGEST_WAIT_S Attempts.failed",
            "dashboards/shell/test_sign_in_borders"),
    _border("dashboards.shell.passes", "SESSION_S STAY_S",
            "dashboards/shell/test_sign_in_borders"),
)
FALSE_ALARMS = (
    _rule("r01_worsening", "RISE RISE_SHARE SMALL_RISE UNUSUAL HIGH LASTING RATINGS_IN_7_DAYS"
          " RATINGS_IN_28_DAYS RATINGS_IN_42_DAYS BASE_FOR_SHARE RISE_D USUAL_D"
          " MEDIANS_IN_USUAL_D", SCORES),
    _rule("r02_session_spike", "SPIKE", LOAD),
    _rule("r03_return_after_break", "BREAK SHARE RETURN HISTORY_D LEAST_HISTORY_D", LOAD),
    _rule("r04_monotonous_block", "MONOTONY SHARE HISTORY_D LEAST_D HABIT_SHARE BLOCK_D", LOAD),
    _rule("r05_weekly_jump", "JUMP LEAST OVER_ANY_WEEK WEEKS_D LEAST_WEEKS_D",
          LOAD),
    _rule("r06_low_cadence", "LOW RUNS LAST_RUNS BLOCK_D", RUNS),
    _rule("r07_late_fade", "CADENCE CONTACT RATIO FADES LAST_RUNS BLOCK_D LAST LEAST RARE",
          RUNS),
    _rule("r08_bounce", "HIGH RUNS LAST_RUNS BLOCK_D", RUNS),
    _rule("r09_side_shift", "CHANGE UNEVEN LAST_RUNS SHIFTED_RUNS BLOCK_D", RUNS),
    _rule("r10_downhill", "STEEP EXCESS HIGH_SHARE LAST_DAYS LEAST_DAYS", RUNS),
    _rule("r11_decoupling", "DRIFT EXCESS LAST_RUNS DRIFTED_RUNS LAST LEAST HIGH_SHARE"
          " BLOCK_D", RUNS),
    _rule("r12_no_strength", "GAP FORGOTTEN_D LONG_SESSION_MIN", HABITS),
    _rule("r13_no_mobility", "SESSIONS WARM_UP HABIT_SHARE HABIT_D LEAST_D GAP_D"
          " HABIT_WARM_UP_PCT LEAST_RUNS", HABITS),
    _rule("r14_only_running", "SHARE LEAST_RUN_MIN HABIT_DAYS HABIT_WINDOW_D", HABITS),
    _rule("r15_long_cycling", "DISTANCE SCORE", SCORES),
    _rule("r16_worn_shoe", "DISTANCE", RUNS),
    _rule("r17_flare", "RISE LEAST SPREADS RATINGS_IN_28_DAYS USUAL_SHARE SPREAD_D", SCORES),
    _rule("r18_slow_to_settle", "RISE APART STILL_UP USUAL_SHARE HISTORY_D LEAST_PAIRS", SCORES),
    _rule("r19_short_sleep", "SLEEP SITTING SPREAD LESS_SLEEP_H MORE_SITTING_H NIGHTS WINDOW_D"
          " LEAST_D LEAST_STRESS_D HIGH_SHARE", HABITS),
    _rule("r20_hard_session", "HARD", LOAD),
    _rule("r21_personal_link", "UNUSUAL_SHARE", SCORES),
    _rule("r22_nothing_stood_out", "HISTORY HIGH_SCORE RUN_GAP_D LEAST_SCORES", SCORES),
    _border("domain.thresholds", "FRESH_D RELEVANT_POINTS FEWEST_DONE FEWEST_NOT_DONE"
            " MOST_ESTIMATED_PCT", f"{RUNS} {LOAD} findings/test_exposures"
            " findings/test_verdict_borders findings/test_effect_borders"),
    _border("patterns.events", "EVENT_LASTS_D MINOR_EVENT_LASTS_D", f"{LOAD} {RUNS} {SCORES}"),
    _border("patterns.pattern", "Pattern.quiet_d Pattern.longest_d",
            "patterns/test_episode_borders"),
)
# fmt: on
BORDERS = LOST_OR_DOUBLED + WRONG_NUMBERS + FAKE_CERTAINTY + RED_FLAGS + OUTSIDERS + FALSE_ALARMS
