"""Read again, from the articles, what a saved briefing prints beside its sentences."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from briefing.data.article import Article, Story
from briefing.data.briefing import (
    Briefing,
    CheckedSentence,
    Citation,
    Discrepancy,
    Person,
    Stage,
    When,
)
from briefing.data.origin import Copies
from briefing.data.reason import Reason
from briefing.steps import assemble
from briefing.steps.annotate import annotate
from briefing.steps.compare import Comparison, again
from briefing.steps.people import people
from briefing.steps.question import unreported
from briefing.steps.trace import witnesses
from briefing.steps.verify import Fault
from briefing.text.dates import period_in_words


class Rereading:
    """What the articles of a briefing give for its labels, its people and its differences."""

    def __init__(
        self,
        story: Story,
        copies: Copies,
        compared: Comparison,
        *,
        proposed: Iterable[Discrepancy] = (),
        not_given: Collection[str] = (),
    ) -> None:
        """Take the briefing's own articles, numbered in its order, and how they compare.

        The differences that its model `proposed` touch sentences where they hold. What an older
        file says of no sentence, `not_given`, is not looked at.
        """
        self._story, self._copies = story, copies
        self._touching = dict(compared.touching)
        self._ids = {(one.article, one.span.start): one.id for one in story.sentences}
        self._not_given = not_given
        self._articles: dict[str, Article] = {one.id: one for one in story.articles}
        self._as_of = assemble.as_of(story)
        self._open_plans: dict[date | None, tuple[Citation, ...]] = {}
        self._discrepancies = {one.id: one for one in compared.discrepancies}
        self._proposed = {said: again(said, story, compared) for said in proposed}
        for held in filter(None, self._proposed.values()):
            self._touch(held)
        self.people = people(story, tuple(self._discrepancies.values()))

    def _touch(self, held: Discrepancy) -> None:
        self._discrepancies[held.id] = held
        for side in held.sides:
            for cited in side.citations:
                id_ = self._ids[cited.article, cited.start]
                self._touching[id_] = (*self._touching.get(id_, ()), held.id)

    def sentence(self, sentence: CheckedSentence) -> Fault | None:
        """Return what is wrong with the labels and marks of a sentence: dates, sides, origins."""
        anew = annotate(sentence, self._articles, as_of=self._as_of, people=self.people)
        marked = self._marked(sentence)
        not_given = self._not_given
        if "seals" in not_given and sentence.stage is None and anew.stage is Stage.ANNOUNCED:
            # Older versions left that open, and took the dates of such a plan in another way.
            not_given = {*not_given, "stage", "when"}
        for field, what, said, known in (
            ("when", "dates", _days(sentence.when), _days(anew.when)),
            ("when", "words for dates", _words(sentence.when), _words(anew.when)),
            ("stage", "stage", _stage(sentence.stage), _stage(anew.stage)),
            ("sides", "sides", ", ".join(sentence.sides), ", ".join(anew.sides)),
            ("figures", "amounts", ", ".join(sentence.figures), ", ".join(anew.figures)),
            ("kind", "kind", sentence.kind.value, marked.kind.value),
            ("origins", "origins", str(len(sentence.origins)), str(len(marked.origins))),
            ("confidence", "confidence", sentence.confidence.value, marked.confidence.value),
            (
                "discrepancies",
                "differences",
                ", ".join(sentence.discrepancies),
                ", ".join(marked.discrepancies),
            ),
        ):
            if said != known and field not in not_given:
                return Fault(
                    code=Reason.LABEL_DIFFERS,
                    detail=f"says {what} {said or 'none'!r}; the articles give {known or 'none'!r}",
                    against=sentence.citations,
                )
        return None

    def _marked(self, sentence: CheckedSentence) -> CheckedSentence:
        """Return the sentence with the marks that its citations give it."""
        touching = {
            found
            for one in sentence.citations
            for found in self._touching.get(self._ids.get((one.article, one.start), ""), ())
        }
        return assemble.sentence(
            sentence.text,
            verdict=sentence.verdict,
            reason=sentence.reason,
            citations=sentence.citations,
            checks=sentence.checks,
            uncertain=sentence.uncertain,
            origins=witnesses(sentence.citations, self._story, self._copies),
            discrepancies=[one for id_, one in self._discrepancies.items() if id_ in touching],
        )

    def person(self, person: Person) -> Fault | None:
        """Return what is wrong with a line of the list of people."""
        known = next((one for one in self.people if one.name == person.name), None)
        if known is None:
            detail = f"the articles give nobody called {person.name!r} an office"
            return Fault(code=Reason.PERSON_DIFFERS, detail=detail)
        is_older = "seals" in self._not_given and "discrepancies" not in person.model_fields_set
        touching = known.discrepancies if is_older else person.discrepancies
        for what, said, right in (
            ("side", person.side, known.side),
            ("office", _titles(person), _titles(known)),
            ("other names", ", ".join(person.variants), ", ".join(known.variants)),
            ("differences", ", ".join(touching), ", ".join(known.discrepancies)),
        ):
            if said != right:
                return Fault(
                    code=Reason.PERSON_DIFFERS,
                    detail=f"says {what} {said or 'none'!r}; the articles give {right or 'none'!r}",
                    against=tuple(_cited(known)),
                )
        if set(_cited(person)) != set(_cited(known)):
            detail = "the words cited for it are not those that give the office"
            return Fault(code=Reason.PERSON_DIFFERS, detail=detail, against=tuple(_cited(known)))
        return None

    def discrepancy(self, discrepancy: Discrepancy) -> Fault | None:
        """Return what is wrong with how a difference between the sources is told.

        One that a model came upon is put to the same checks as when it was proposed.
        """
        if discrepancy.by == "model":
            known = self._proposed.get(discrepancy)
        else:
            known = self._discrepancies.get(discrepancy.id)
        if known is None:
            detail = "the articles do not differ in this"
            return Fault(code=Reason.DIFFERENCE_DIFFERS, detail=detail)
        for what in ("id", "type", "severity", "status", "reason", "wording", "sides"):
            if getattr(discrepancy, what) != getattr(known, what):
                return Fault(
                    code=Reason.DIFFERENCE_DIFFERS,
                    detail=f"its {what} is not what the articles give: {known.wording!r}",
                    against=tuple(cited for side in known.sides for cited in side.citations),
                )
        return None

    def open_plans(self, as_of: date | None) -> tuple[Citation, ...]:
        """Return the plans of whose outcome the articles hold no report by `as_of`."""
        if as_of not in self._open_plans:
            self._open_plans[as_of] = unreported(self._story, self.people, as_of)
        return self._open_plans[as_of]

    def plan(self, plan: Citation) -> Fault | None:
        """Return what is wrong with saying that no article tells what became of a plan."""
        if plan in self.open_plans(self._as_of):
            return None
        detail = "it is no plan whose day has come, or an article tells more of it"
        return Fault(code=Reason.PLAN_REPORTED, detail=detail, against=(plan,))

    def left_out(self, briefing: Briefing) -> Sequence[Discrepancy]:
        """Return the unresolved differences that the briefing should list and does not."""
        listed = {one.id for one in briefing.discrepancies}
        return [
            one
            for one in self._discrepancies.values()
            if one.status == "unresolved" and one.id not in listed
        ]


def _days(when: Sequence[When]) -> str:
    return ", ".join(period_in_words(one.first, one.last) for one in when)


def _words(when: Sequence[When]) -> str:
    return ", ".join(f"{one.words} ({one.basis})" for one in when)


def _stage(stage: Stage | None) -> str:
    return stage.value if stage else ""


def _titles(person: Person) -> str:
    return ", ".join(role.title for role in person.roles)


def _cited(person: Person) -> list[Citation]:
    return [citation for role in person.roles for citation in role.citations]
