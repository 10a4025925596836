"""Groups of candidates that are one activity, joined pair by pair; one of each group is kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tightlog.ingest.twins.candidate import Candidate
from tightlog.ingest.twins.twin_rule import TwinRule
from tightlog.ingest.twins.twin_rules import knows_the_whole

# Which reason counts where a pair is joined in several ways.
STRENGTH = (
    TwinRule.NAMED,
    TwinRule.LISTED,
    TwinRule.SAME_START,
    TwinRule.SAME_TIME,
    TwinRule.SHIFTED,
)


@dataclass(frozen=True)
class Link:
    """Two candidates that are one activity, and why."""

    twin: Candidate
    other: Candidate
    rule: TwinRule
    clock_off_h: float | None = None

    @property
    def both(self) -> tuple[Candidate, Candidate]:
        return self.twin, self.other

    def seen_from(self, twin: Candidate) -> "Link":
        """The same link with this one of the two first."""
        other = self.other if twin is self.twin else self.twin
        return Link(twin, other, self.rule, self.clock_off_h)

    @property
    def order(self) -> tuple[object, ...]:
        """Stronger and closer links first, whatever the order of arrival."""
        one, other = self.both
        return (
            STRENGTH.index(self.rule),
            abs(one.started_s - other.started_s),
            abs(one.span_s - other.span_s),
            sorted((one.activity_id, other.activity_id)),
        )


@dataclass(frozen=True)
class Group:
    """The candidate that is kept, and a link of each other one into the group."""

    kept: Candidate
    set_aside: tuple[Link, ...]


def groups(candidates: Sequence[Candidate], links: Iterable[Link]) -> Iterator[Group]:
    """Every candidate in exactly one group. Links chain (A is B, B is C), but two entries of one
    list never come into one group: a list tells of each activity once.
    """
    members = {one.activity_id: [one] for one in candidates}
    joined: dict[str, list[Link]] = {}
    for link in sorted(links, key=lambda link: link.order):
        first, second = (members[one.activity_id] for one in link.both)
        if first is not second:
            if _lists(first) & _lists(second):
                continue
            first += second
            members |= {one.activity_id: first for one in second}
        for one in link.both:
            joined.setdefault(one.activity_id, []).append(link.seen_from(one))
    seen: set[int] = set()
    for one in candidates:
        group = members[one.activity_id]
        if id(group) not in seen:
            seen.add(id(group))
            yield _group(group, joined)


def _lists(group: Iterable[Candidate]) -> set[str]:
    return {one.sha256 for one in group if one.is_listed}


def _group(group: Sequence[Candidate], joined: dict[str, list[Link]]) -> Group:
    kept = _kept(group)
    return Group(
        kept,
        tuple(
            # The link with the one kept where there is one, else the strongest.
            min(joined[one.activity_id], key=lambda link: (link.other is not kept, link.order))
            for one in group
            if one is not kept
        ),
    )


def _kept(group: Sequence[Candidate]) -> Candidate:
    """The richest; an entry of a list where all its recordings broke off long before."""
    richest = max(group, key=lambda one: one.rank)
    entries = [one for one in group if one.is_listed and knows_the_whole(one, richest)]
    return max(entries, key=lambda one: one.rank, default=richest)
