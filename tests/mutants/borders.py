"""The constants that guard the four sins, and the tests that must notice a tenth more or less.

A name is a constant, or `CONSTANT.keyword` for a keyword argument of the call that makes it, or
`Class.field` for the default of a field, or a function or `Class.method` whose own numbers are
borders. Every number of what is named becomes two mutants. The numbers of the rules are found in
their modules.
"""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Read and not imported: a process that tries a mutant must not have loaded the code before.
RULES = Path(__file__).parents[2] / "src" / "tightlog" / "patterns" / "rules"


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


def _rule(file: Path) -> Iterator[Border]:
    """Every number of a rule, guarded by the test file its case file names; none without one."""
    if names := numbers_of_rule(file.read_text(encoding="utf-8")):
        cases = file.with_suffix(".cases.toml").read_text(encoding="utf-8")
        guard = f"tests/patterns/{tomllib.loads(cases)['borders']}.py"
        yield Border(f"tightlog.patterns.rules.{file.stem}", names, (guard,))


def numbers_of_rule(source: str) -> tuple[str, ...]:
    """Names of the constants of a rule's module that hold a number."""
    return tuple(
        name
        for node in ast.parse(source).body
        for name, value in _assigned(node)
        if name != "PATTERN" and any(map(_is_number, ast.walk(value)))
    )


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    value = getattr(node, "value", None)
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(map(ast.unparse, target.elts), value.elts, strict=True)
    elif isinstance(target, ast.Name) and value is not None:
        yield target.id, value


def _is_number(part: ast.AST) -> bool:
    return isinstance(part, ast.Constant) and type(part.value) in (int, float)


LOAD, RUNS = "patterns/test_load_borders", "patterns/test_run_borders"
SCORES = "patterns/test_score_borders"

# fmt: off
LOST_OR_DOUBLED = (
    _border("ingest.twins.twin_rules", "SAME_START_S BOTH_STARTED_S SAME_TIME MIN_OVERLAP PART_SPAN"
            " LEAST_OVERLAPPING_S SAME_DISTANCE CREDIBLE_SPAN_S LISTED_START_S LISTED_SPAN"
            " RENAMED_START_S RENAMED_SPAN RENAMED_LEAST_S CUT_SPAN COVERED GOES_ON shifted_s"
            " _near_start", "ingest/test_twin_borders"),
    _border("ingest.twins.effort_curves", "ALIKE EQUAL ALIKE_SHARE LEAST_STEPS",
            "ingest/test_effort_curves"),
    _border("ingest.twins.twin_totals", "MEAN_SPAN", "ingest/test_twin_totals"),
    _border("warehouse.publish", "KEPT_VERSIONS", "warehouse/test_version_borders"),
)
WRONG_NUMBERS = (
    _border("readers.half_minutes", "WINDOW_S LONGEST_STEP_S SPARSE_STEPS LONGEST_SPARSE_STEP_S"
            " LONGEST_S RUN_TOP_MPS", "readers/test_half_minutes readers/test_kind_borders"),
    _border("ingest.own_runs", "BESIDE MOST_BESIDE_WINDOWS FEWEST_LIKE OTHER_SHARE LIKE_SPEED"
            " LIKE_HEART_RATE_BPM"
            " FEWEST_OWN_WINDOWS SHORT_SPREAD INTERVAL_SPREAD FEWEST_BLIND_WINDOWS"
            " BLIND_OWN_SPREAD FASTER_OTHERS_SHARE", "ingest/test_own_runs"),
    _border("readers.kind", "FEWEST_WINDOWS RUN_MEDIAN_MPS"
            " BLIND_MEDIAN_MPS BLIND_SPREAD HEART_SPREAD"
            " STEPS_SPREAD RUN_HEART_RATE_BPM STEPS_SPM STEP_LENGTH_M"
            " STEPS_VARIATION WALK_MOST_MPS WALK_HEART_RATE_BPM WALK_STEPS_SPM DRIVE_MEDIAN_MPS"
            " DAY_TRACK_S DAY_TRACK_MPS REST_HEART_RATE_BPM RUN_MOVING_SHARE MIXED_WINDOWS",
            "readers/test_kind_borders"),
    _border("domain.sports", "ACCIDENT_S ACCIDENT_M RUN_TOP_MEAN_MPS",
            "ingest/test_kinds readers/test_kind_borders"),
    _border("features.unknown_kinds", "MOST_UNKNOWN_SHARE", "features/test_unknown_kinds"),
    _border("readers.cadence", "STRIDE_LIMIT_RPM WALK_STRIDE_LIMIT_RPM WALK_TOP_SPEED_MPS"
            " MOVING_MPS _usual_spm", "readers/test_cadence_borders readers/test_cadence"),
    _border("readers.recorded_distance", "RESTART_FALL_M RESTARTED_AT_M RESTART_SHARE"
            " FEW_FALLS FALLS_PER_ROW CORRECTED_SHARE", "readers/test_recorded_distance"),
    _border("readers.health.nights", "WAKING LONGEST_NAP_S",
            "readers/health/test_apple_days readers/fit/test_monitoring"),
    _border("readers.health.apple_days", "LONGEST_GAP_S", "readers/health/test_apple_days"),
    _border("readers.fit.monitoring", "MS_SCALE", "readers/fit/test_monitoring"),
    _border("readers.climb", "SMOOTHED_OVER_S ALTITUDE_HYSTERESIS_M", "readers/test_climb"),
    _border("readers.travelled", "FOOT_TOP_SPEED_MPS WHEEL_TOP_SPEED_MPS PAUSE_GAP_S"
            " DRIVE_WINDOW_S DRIVE_WINDOWS LONGEST_SEEN_STEP_S"
            " BLIND_PAUSE_GAP_S USUAL_STEPS PAUSE_SPEED_RATIO"
            " LEAST_OF_ONE_TIME LONGEST_TIMELESS_STEP_M"
            " OUTINGS_APART_S COUNTED_ON_MPS SHORTEST_OUTING_S",
            "readers/test_totals readers/test_recorded_distance readers/test_clocks_of_pieces"
            " readers/test_outings_apart"),
    _border("readers.clock_jumps", "LEAST_BACK_S LEAST_AHEAD_S DAY_S START_SLACK_S",
            "readers/test_clock_jumps readers/test_clocks_of_pieces readers/test_clock_borders"),
    _border("readers.fit.heart_beats", "NEAR_S", "readers/fit/test_heart_beats"),
    _border("readers.fit.sessions", "LONGER_SHARE",
            "readers/test_clocks_of_pieces"),
    _border("ingest.clocks", "NEAR LONGEST APART FEW_SHARE TOP_SPEEDS_MPS LEAST_S"
            " FAST_WINDOWS"
            " NAMED_FEW_SHARE",
            "ingest/test_clocks"),
    _border("home.second_reading", "SAME_DISTANCE_M SAME_CADENCE",
            "home/test_second_reading"),
    _border("readers.fit.clock", "LATEST_AHEAD",
            "readers/test_clock_borders"),
    _border("readers.xml.tcx_laps", "LAP_PAUSE SAME_LAP",
            "readers/test_clock_borders readers/xml/test_tcx"),
    _border("readers.xml.gpx", "ONE_OUTING_GAP",
            "readers/test_clock_borders"),
    _border("domain.clocks", "MAX_UTC_OFFSET_S UTC_OFFSET_STEP_S FIRST_YEAR LATEST_AHEAD FIRST_DAY"
            " FIRST_ZONE",
            "readers/test_clock_borders ingest/test_twin_borders domain/test_day_borders"),
    _border("readers.diary.score_cells", "SLIPS SLIP_SHARE SHARES YES_OR_NO",
            "readers/diary/test_score_cells readers/diary/test_diary_borders"),
    _border("readers.diary.cells.scales", "WIDEST_RANGE LENGTHS",
            "readers/diary/test_score_cells"),
    _border("readers.diary.cells.date_order", "ENOUGH_IN_ORDER",
            "readers/diary/test_diary_borders"),
    _border("readers.diary.table", "HEADER_WITHIN MAX_ROWS",
            "readers/diary/test_diary_borders readers/diary/test_workbook_borders"),
    _border("features.coverage", "LONGEST_BRIDGED_GAP_D", "features/test_mileage"),
    _border("features.nights", "NORM_D FEWEST_NIGHTS FEWEST_BED_TIMES", "features/test_nights"),
    _border("answers.morning.night", "UNUSUAL_SD UNUSUAL_H", "answers/morning/test_night"),
    _border("features.mileage", "SPIKE_WINDOW_D SHORTEST_HISTORY_D",
            "features/test_mileage"),
    _border("features.load_balance", "ACUTE_D CHRONIC_D SEED_D", "features/test_load_balance"),
    _border("features.estimated_load", "SHORTEST_SESSION_MIN FEWEST_OF_KIND EFFORT_OF_KIND"
            " EFFORT_OF_SPORT OTHER_EFFORT", "features/test_estimated_load"),
    _border("features.hearts.heart_rate_peak", "HELD_S FIRST_MINUTES_S LOCKED_BPM LOCKED_WINDOWS"
            " FEWEST_WINDOWS SHORTEST_WINDOW_S", "features/test_heart_rate_peak"),
    _border("features.hearts.heart_facts", "FROZEN_SHARE SHORTEST_JUDGED_S SETTLED_WINDOWS",
            "features/test_heart_rate_trust"),
    _border("features.hearts.trusted_heart_rate", "HELD_WINDOWS",
            "features/test_trusted_heart_rate"),
    _border("features.hearts.heart_rate_trust", "HIGH_BPM FEWEST_RUNS RARE_MAXIMUM_BPM"
            " RUNS_AT_MAXIMUM SHARE_AT_MAXIMUM", "features/test_heart_rate_trust"),
    _border("features.hearts.heart_rate_maximum", "WINDOW_D FEWEST_RUNS MEAN_OF_MAXIMUM"
            " SHORTEST_MEAN_MIN", "features/test_heart_rate_maximum"),
    _border("features.late_run", "SHORTEST_RUN_S FEWEST_WINDOWS_OF_THIRD MOST_SPEED_CHANGE",
            "features/test_late_run features/test_form_borders"),
    _border("features.decoupling", "SHORTEST_RUN_S NEARLY_ALL MOST_SPEED_VARIATION FLAT_GRADE"
            " FLAT_SHARE LONGEST_WITH_PAUSES STEEPEST_ADJUSTED",
            "features/test_decoupling features/test_form_borders"),
    _border("features.own_norm", "FEWEST_RUNS FEWEST_WINDOWS FEWEST_WINDOWS_OF_RUN SLOWEST_MPS"
            " FLAT_GRADE STEEPEST_GRADE SHORTEST_WINDOW_S SPEED_MARGIN_MPS",
            "features/test_own_norm_borders features/test_form_borders"),
    _border("features.dynamics", "REACH_D", "features/test_renewed_form"),
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
    _border("findings.effect_verdict", "HELPS_P HELPS_Q", "findings/test_effect_borders"),
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
    *(border for file in sorted(RULES.glob("r*.py")) for border in _rule(file)),
    _border("domain.thresholds", "FRESH_D RELEVANT_POINTS FEWEST_DONE FEWEST_NOT_DONE"
            " MOST_ESTIMATED_PCT WHOLE_SPAN", f"{RUNS} {LOAD} findings/test_exposures"
            " findings/test_verdict_borders findings/test_effect_borders ingest/test_twin_totals"),
    _border("patterns.events", "EVENT_LASTS_D MINOR_EVENT_LASTS_D", f"{LOAD} {RUNS} {SCORES}"),
    _border("patterns.pattern", "Pattern.quiet_d Pattern.longest_d",
            "patterns/test_episode_borders"),
)
# fmt: on
BORDERS = LOST_OR_DOUBLED + WRONG_NUMBERS + FAKE_CERTAINTY + RED_FLAGS + OUTSIDERS + FALSE_ALARMS
