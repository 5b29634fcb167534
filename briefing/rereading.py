"""Read again, from the articles, what a saved briefing prints beside its sentences."""

from collections.abc import Sequence

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
from briefing.data.reason import Reason
from briefing.steps.annotate import annotate
from briefing.steps.assemble import as_of
from briefing.steps.compare import Comparison, again
from briefing.steps.people import people
from briefing.steps.question import unreported
from briefing.steps.verify import Fault
from briefing.text.dates import period_in_words


class Rereading:
    """What the articles of a briefing give for its labels, its people and its differences."""

    def __init__(self, story: Story, compared: Comparison) -> None:
        """Take the briefing's own articles, numbered in its order, and how they compare."""
        self._story = story
        self._compared = compared
        self._articles: dict[str, Article] = {one.id: one for one in story.articles}
        self._story = story
        self._as_of = as_of(story)
        self._people = people(story, compared.discrepancies)
        self._discrepancies = {one.id: one for one in compared.discrepancies}

    def sentence(self, sentence: CheckedSentence) -> Fault | None:
        """Return what is wrong with the dates, stage, sides or amounts given to a sentence."""
        again = annotate(sentence, self._articles, as_of=self._as_of, people=self._people)
        for what, said, known in (
            ("dates", _days(sentence.when), _days(again.when)),
            ("stage", _stage(sentence.stage), _stage(again.stage)),
            ("sides", ", ".join(sentence.sides), ", ".join(again.sides)),
            ("amounts", ", ".join(sentence.figures), ", ".join(again.figures)),
        ):
            if said != known:
                return Fault(
                    code=Reason.LABEL_DIFFERS,
                    detail=f"its {what} are {said or 'none'!r}; the articles give "
                    f"{known or 'none'!r}",
                    against=sentence.citations,
                )
        return None

    def person(self, person: Person) -> Fault | None:
        """Return what is wrong with a line of the list of people."""
        known = next((one for one in self._people if one.name == person.name), None)
        if known is None:
            detail = f"the articles give nobody called {person.name!r} an office"
            return Fault(code=Reason.PERSON_DIFFERS, detail=detail)
        for what, said, right in (
            ("side", person.side, known.side),
            ("office", _titles(person), _titles(known)),
            ("other names", ", ".join(person.variants), ", ".join(known.variants)),
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
            known = again(discrepancy, self._story, self._compared)
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

    def plan(self, plan: Citation) -> Fault | None:
        """Return what is wrong with saying that no article tells what became of a plan."""
        if plan in unreported(self._story, self._people, self._as_of):
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


def _stage(stage: Stage | None) -> str:
    return stage.value if stage else ""


def _titles(person: Person) -> str:
    return ", ".join(role.title for role in person.roles)


def _cited(person: Person) -> list[Citation]:
    return [citation for role in person.roles for citation in role.citations]
