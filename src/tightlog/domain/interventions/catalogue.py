"""The article's interventions: what to do, how, how long, with what caution, and the evidence."""

import difflib
from dataclasses import dataclass

from tightlog.domain.interventions.declared import intervention_entries
from tightlog.domain.interventions.doses import OURS, own_part, starting_doses
from tightlog.errors import UnknownIntervention
from tightlog.language.catalogue import message, phrase, phrased
from tightlog.language.choice import ENGLISH, spoken
from tightlog.words.numbers import typeset

# The article all interventions come from; the pages cite it by this name.
ARTICLE_NAME = message(
    "“6 Effective Ways to Relieve Lower Back Tightness while Running” (NeedToRace)"
)
NOT_STATED = "not stated"


@phrased("title", "category", "how_to", "caution", "evidence_note")
@dataclass(frozen=True)
class Intervention:
    """One intervention of the article (ids S1 … G4); companions are ids that belong to it and are
    offered with it, examples are ids its general name may mean.
    """

    intervention: str
    title: str
    category: str
    how_to: str
    dose: str
    caution: str
    evidence_note: str
    alias: tuple[str, ...]
    companions: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def find(name: str) -> Intervention:
    """Intervention of an id, title or alias, whatever its case, hyphens and spaces.

    Raises UnknownIntervention with the nearest names.
    """
    wanted = _plain(name)
    if wanted in _BY_NAME:
        return _BY_NAME[wanted]
    # A title in the runner's language.
    for item in CATALOGUE:
        if wanted == _plain(item.title):
            return item
    near = [
        _BY_NAME[known] for known in difflib.get_close_matches(wanted, _BY_NAME, n=6, cutoff=0.6)
    ]
    meant = [
        other
        for item in near
        for other in (item, *(_BY_NAME[_plain(example)] for example in item.examples))
    ]
    titles = dict.fromkeys(f"{item.title} ({item.intervention})" for item in meant)
    raise UnknownIntervention(name, list(titles)[: 4 if near and near[0].examples else 3])


def dose_words(item: Intervention) -> str:
    """The article's dose where it gives one, and what we add to it or begin with, as sentences."""
    dose = starting_doses()[item.intervention]
    ours = phrase("Our starting dose") if dose.origin == OURS else phrase("Our addition")
    said = {phrase("Dose"): article_dose(item), ours: own_part(dose)}
    return " ".join(f"{name}: {words}." for name, words in said.items() if words)


def short_dose(intervention: str) -> str:
    """A dose in one line: the article's where it states how much, else ours, which is marked, else
    what the article says instead of an amount.
    """
    ours, stated = own_part(starting_doses()[intervention]), article_dose(find(intervention))
    is_amount = any(letter.isdigit() for letter in stated)
    return phrase("{ours} (tightlog's dose)", ours=ours) if ours and not is_amount else stated


def article_dose(item: Intervention) -> str:
    """The dose as far as the article states it; empty where it gives none."""
    stated = [part for part in item.dose.split("; ") if NOT_STATED not in part]
    return "; ".join(phrase(part) for part in stated)


def _catalogue() -> tuple[Intervention, ...]:
    return tuple(
        Intervention(
            name,
            entry["title"],
            entry["category"],
            entry["how_to"],
            entry["dose"],
            typeset(entry["caution"]),
            typeset(entry["evidence_note"]),
            tuple(entry["alias"]),
            tuple(entry.get("companions", ())),
            tuple(entry.get("examples", ())),
        )
        for name, entry in intervention_entries().items()
    )


def _by_name(catalogue: tuple[Intervention, ...]) -> dict[str, Intervention]:
    names: dict[str, Intervention] = {}
    for item in catalogue:
        for name in (item.intervention, item.title, *item.alias):
            names.setdefault(_plain(name), item)
    return names


def _plain(name: str) -> str:
    """Letters and digits only: `Cat-Cow`, `cat cow` and `catcow` are one name, as are `Child's`
    and `Childs`.
    """
    return "".join(letter for letter in name.casefold() if letter.isalnum())


CATALOGUE: tuple[Intervention, ...] = _catalogue()
# The names of a catalogue are English, in whichever language it is first asked.
with spoken(ENGLISH):
    _BY_NAME = _by_name(CATALOGUE)
