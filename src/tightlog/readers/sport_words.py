"""Sport and sub-sport in the names of the FIT profile, from GPX and TCX files, their titles and
file names.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from tightlog.domain.sports import GENERIC, RUN_TOP_MEAN_MPS, Sport, SportRule

__all__ = ["GENERIC", "Sport", "settled_sport", "sport_of"]

# A title or a file name is believed only at a speed (m/s) possible for the sport; a declared type
# always.
TOP_MEAN_SPEED_MPS = {
    "running": RUN_TOP_MEAN_MPS,
    "walking": 3.0,
    "hiking": 3.0,
    "swimming": 2.5,
    # "Afternoon Workout" of somebody who ran: in a gym nobody gets anywhere.
    "training": 1.5,
}

# Numbers Strava wrote into <type> until 2022: seen in files, not documented; only the certain
# ones.
STRAVA_NUMBERS: dict[str, Sport] = {
    "1": ("cycling", "generic"),
    "4": ("hiking", "generic"),
    "9": ("running", "generic"),
    "10": ("walking", "generic"),
}

# Apps that record runs only.
RUN_APPS = ("joyrun", "悦跑圈", "nike run club", "nrc")

# Phrases that also decide the sub-sport, or mean another sport than their words; checked before
# WORDS.
PHRASES: dict[Sport, str] = {
    ("running", "trail"): (
        "trail running, trail run, trailrun, ultra run, traillauf, 越野跑, トレイルラン"
    ),
    ("running", "treadmill"): (
        "treadmill, laufband, tapis roulant, tapis de course, loopband, cinta de correr, "
        "跑步机, 跑步機"
    ),
    ("running", "indoor_running"): "indoor running, indoor run, 室内跑",
    ("running", "track"): "track running, track run",
    ("running", "virtual_activity"): "virtual run, virtual running",
    ("running", "street"): "street running",
    ("running", "obstacle"): "obstacle run, obstacle running",
    ("running", "generic"): (
        "course a pied, corsa a piedi, half marathon, semi marathon, mezza maratona, "
        f"media maraton, meia maratona, langer lauf, trote suave, {', '.join(RUN_APPS)}"
    ),
    ("cycling", "indoor_cycling"): "indoor cycling, spinning, 室内骑行",
    ("cycling", "virtual_activity"): "virtual ride, virtual cycling",
    ("cycling", "mountain"): "mountain biking, mountain bike, mtb",
    ("cycling", "gravel_cycling"): "gravel cycling, gravel ride",
    ("cycling", "road"): "road biking, road cycling",
    ("cycling", "generic"): "trail ride",
    ("e_biking", "generic"): "e bike, ebike, e biking",
    ("horseback_riding", "generic"): "horse riding, horseback riding",
    ("walking", "indoor_walking"): "indoor walking, indoor walk",
    ("walking", "speed_walking"): "speed walking",
    ("walking", "casual_walking"): "casual walking",
    ("walking", "generic"): "marche a pied, a pied, nordic walking",
    ("swimming", "open_water"): "open water",
    ("swimming", "lap_swimming"): "lap swimming, pool swim",
    ("rowing", "indoor_rowing"): "indoor rowing, rowing machine",
    ("stand_up_paddleboarding", "generic"): (
        "stand up paddle, stand up paddling, stand up paddleboarding, sup"
    ),
    ("cross_country_skiing", "generic"): "cross country skiing, nordic ski",
    ("alpine_skiing", "backcountry"): "backcountry ski, ski touring",
    ("alpine_skiing", "resort"): "resort skiing",
    ("alpine_skiing", "generic"): "alpine ski, alpine skiing",
    ("inline_skating", "generic"): "inline skating, inline skate",
    ("ice_skating", "generic"): "ice skating, ice skate",
    ("training", "strength_training"): (
        "strength training, weight training, krafttraining, 力量训练"
    ),
    ("training", "cardio_training"): "indoor cardio, cardio",
    ("training", "yoga"): "yoga, 瑜伽",
    ("training", "pilates"): "pilates",
    ("fitness_equipment", "stair_climbing"): "stair climbing, stair stepper",
    ("fitness_equipment", "elliptical"): (
        "elliptical, ellipsentrainer, crosstrainer, velo elliptique, 椭圆机"
    ),
    ("multisport", "generic"): "multi sport, multisport, 复合运动",
    ("rock_climbing", "generic"): "rock climbing",
}

# Single words, checked in this order: a "training run" is a run.
WORDS: dict[str, str] = {
    "running": (
        "running run runs jog jogging laufen lauf dauerlauf morgenlauf mittagslauf abendlauf "
        "nachmittagslauf feierabendlauf nachtlauf tempolauf waldlauf volkslauf lauftreff "
        "laufrunde parkrun halbmarathon ochtendloop lunchloop middagloop avondloop löprunda "
        "løpetur footing correr carrera corrida corsa hardlopen hardloop løp løping løb "
        "løbetur löpning juoksu bieganie bieg běh futás koşu бег пробежка 달리기 러닝 ランニング "
        "ジョギング 跑步 慢跑"
    ),
    "cycling": (
        "cycling biking ride bike bicycle cycle radfahren rad radfahrt radeln velo cyclisme "
        "radtour fahrrad fahrradtour fahrradfahren rennrad pedalada ochtendrit middagrit avondrit "
        "ciclismo bici bicicletta bicicleta fietsen fietsrit sykling cykling pyöräily rower "
        "cyklistika велосипед велоспорт 자전거 사이클링 サイクリング 骑行 騎行 自行车 自行車 骑车"
    ),
    "swimming": (
        "swimming swim schwimmen natation nage natación nadar nuoto natação zwemmen simning "
        "svømming uinti pływanie плавание 수영 水泳 スイミング 游泳"
    ),
    "hiking": (
        "hiking hike wandern wanderung randonnée senderismo escursionismo escursione wandelen "
        "vandring fotturer turystyka поход 하이킹 등산 ハイキング 登山 徒步 爬山 远足 "
        "mountaineering"
    ),
    "walking": (
        "walking walk spazieren spaziergang gehen marche promenade caminar caminata camminata "
        "passeggiata caminhada wandeling gåtur promenad kävely spacer ходьба прогулка 걷기 산책 "
        "ウォーキング 散歩 步行 走路 散步 健走"
    ),
    "rowing": "rowing rudern aviron remo canottaggio roeien 划船 赛艇",
    "cross_country_skiing": "langlauf skilanglauf langrenn 越野滑雪",
    "alpine_skiing": "skiing ski esquí skifahren 滑雪",
    "snowboarding": "snowboarding snowboard 单板滑雪",
    "inline_skating": "inlineskating rollerblading rollerski",
    "training": "workout training crossfit",
    "kayaking": "kayaking kayak kajak 皮划艇",
    "tennis": "tennis 网球",
    "soccer": "soccer fussball fußball 足球",
    "basketball": "basketball 篮球",
    "golf": "golf 高尔夫",
    "driving": "driving car 驾车",
    "motorcycling": "motorcycling motorbike motorcycle motorrad 摩托",
}


@lru_cache(maxsize=1024)  # the files of one app say the same few words
def sport_of(text: str | None) -> Sport | None:
    """Sport and sub-sport named by a text in any of the common languages; None when it names
    none.
    """
    if not text:
        return None
    words = _words(text)
    return next((sport for written, sport in _KNOWN if written in words), None)


def app_of_runs(creator: str | None) -> str | None:
    """The name of an app that records runs only, as a hint at the sport; None for any other."""
    said = _words(creator or "")
    return creator if any(_as_written(app) in said for app in RUN_APPS) else None


def settled_sport(
    declared: Iterable[str | None], hints: Iterable[str | None], speed_mps: float | None
) -> tuple[Sport, SportRule]:
    """Sport of an activity and what says it: the declared one, else the first hint its mean speed
    allows, else generic.
    """
    for text in declared:
        if sport := STRAVA_NUMBERS.get((text or "").strip()) or sport_of(text):
            return sport, SportRule.FILE
    for text in hints:
        sport = sport_of(text)
        if sport and (
            speed_mps is None or speed_mps <= TOP_MEAN_SPEED_MPS.get(sport[0], float("inf"))
        ):
            return sport, SportRule.NAME
    return GENERIC, SportRule.UNKNOWN


def _words(text: str) -> str:
    """Lower-case words with one blank around each, accents dropped; `TrailRun_01` -> ` trail run
    01 `.
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", text[:500]))
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", spaced)
        if not unicodedata.combining(character)
    )
    words = re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFC", plain).lower())
    return f" {' '.join(words)} "


def _known() -> list[tuple[str, Sport]]:
    """Known phrases, the longest first, then known words in their order."""
    phrases = [
        (phrase, sport) for sport, listed in PHRASES.items() for phrase in listed.split(", ")
    ]
    words = [
        (word, (sport, "generic")) for sport, listed in WORDS.items() for word in listed.split()
    ]
    longest_first = sorted(phrases, key=lambda pair: -len(pair[0]))
    return [(_as_written(_words(word).strip()), sport) for word, sport in [*longest_first, *words]]


def _as_written(word: str) -> str:
    """The word between blanks; a Chinese, Japanese or Korean one occurs inside longer ones."""
    is_unspaced = any(
        "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in word
    )
    return word if is_unspaced else f" {word} "


_KNOWN = _known()
