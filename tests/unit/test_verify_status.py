"""Whether a thing is told as done, planned, wished or counted, in other words than the source's."""

import pytest

from briefing.steps.verify import Sources, verify
from tests import make

# Source, a sentence that it bears out, and one that it does not.
TOLD = {
    "what something is due to is no plan": (
        "Exports rose 12% last year due to large deliveries of timber.",
        "Exports rose 12% last year, in part owing to large deliveries of timber.",
        "Exports fell 12% last year, in part owing to large deliveries of timber.",
    ),
    "what somebody is due to do is one": (
        "The chairman is due to visit the mill in Port Salm.",
        "The chairman was to visit the mill in Port Salm.",
        "The chairman visited the mill in Port Salm.",
    ),
    "a verb that ends as nouns do": (
        "The chairman is due to receive the harbour staff in Port Salm.",
        "The chairman is expected to receive the harbour staff in Port Salm.",
        "The chairman has welcomed the harbour staff in Port Salm.",
    ),
    "what the task was": (
        "The main task was to expand the harbour, the ministry said.",
        "The main task was the expansion of the harbour, the ministry said.",
        "The harbour was expanded, the ministry said.",
    ),
    "a wish in the past tense": (
        "The ministry looks forward to an early end of the strike.",
        "The ministry said it looked forward to an early end of the strike.",
        "The ministry obtained an early end of the strike.",
    ),
    "what somebody is able to do": (
        "The port can persuade the railway to pay, Lund said.",
        "Lund said the port was in a position to persuade the railway to pay.",
        "Lund said the port persuaded the railway to pay.",
    ),
    "what somebody considers so": (
        "Among the promising projects is the new line to Port Salm, the ministry said.",
        "The new line to Port Salm is among the projects that the ministry considers promising.",
        "The ministry might open the new line to Port Salm.",
    ),
    "what somebody considers doing": (
        "The council is considering the purchase of a ferry for 3 million crowns.",
        "The council considers buying a ferry for 3 million crowns.",
        "The council bought a ferry for 3 million crowns.",
    ),
    "a plan that somebody announced": (
        "The ministry said the minister will hold talks with Lund, and meetings with the guilds.",
        "Besides talks with Lund, the ministry announced meetings of the minister with the guilds.",
        "Besides talks with Lund, the ministry announced that the minister met the guilds.",
    ),
    "how many a delegation has that will come": (
        "Adler will lead a 13-member delegation to Port Salm, the mayor among it.",
        "The delegation under Adler has 13 members, the mayor among them.",
        "The delegation under Adler has 13 members, and it visited Port Salm.",
    ),
    "both": (
        "The two harbours want to share the new ferry, Lund said.",
        "Both harbours want to share the new ferry, Lund said.",
        "Few harbours want to share the new ferry, Lund said.",
    ),
    "only one of both": (
        "One of the two harbours wants to buy the new ferry, Lund said; the other has none.",
        "One of the harbours wants to buy the new ferry, Lund said.",
        "Both harbours want to buy the new ferry, Lund said.",
    ),
    "the two": (
        "Ties have come from mistrust to friendship, it was said. A two-day fair ended on Monday.",
        "Ties between the two towns have come from mistrust to friendship, it was said.",
        "Ties have come from mistrust to friendship. A three-day fair ended on Monday.",
    ),
    "for the sixth time": (
        "The sixth meeting of the river commission took place in Port Salm.",
        "The river commission met in Port Salm for the sixth time.",
        "The river commission met in Port Salm for the seventh time.",
    ),
    "how long before": (
        "Port Salm was host to a meeting of the ferrymen nearly two weeks ago.",
        "Nearly two weeks before the vote, Port Salm was host to a meeting of the ferrymen.",
        "Nearly three weeks before the vote, Port Salm was host to a meeting of the ferrymen.",
    ),
    "a day that counts no days": (
        "Ties came from mistrust to friendship at present; more is hoped for in the years to come.",
        "Ties came from mistrust to present-day friendship; more is hoped for in coming years.",
        "Ties came from mistrust to present-day friendship; more is hoped for in coming months.",
    ),
    "a deed told as done beside a plan": (
        "The office will examine claims that the bridge was closed by strikers since May.",
        "The office has announced an inquiry into claims that the bridge was closed by strikers.",
        "The office examined claims that the bridge was closed by strikers.",
    ),
    "a deed done before, and one to come": (
        "The council, which approved the harbour plan last year, will approve the new budget.",
        "The council will approve the new budget.",
        "The council approved the new budget.",
    ),
    "an accusation": (
        "Lund said the council needlessly kept the file open so that it can go on fining the port.",
        "Lund accused the council of needlessly keeping the file open to go on fining the port.",
        "Lund had the file of the council closed, and he fined the port.",
    ),
    "an agreement to act": (
        "The mayors will move swiftly to close the port, they said in a joint statement.",
        "The mayors agreed to move swiftly to close the port.",
        "The mayors moved swiftly to close the port.",
    ),
    "a condition of something else": (
        "The council says it may act if the port asks, and has sent boats, which number forty.",
        "The council has sent boats, which number forty.",
        "The council says it acts for the port.",
    ),
    "what was let": (
        "Carts were allowed to pass the gate after a brief search.",
        "Carts could pass the gate after a quick search.",
        "Carts might pass the gate after a quick search.",
    ),
    "nothing given": (
        "The officers believed that the gate was broken but offered no details.",
        "The officers believed that the gate was broken but gave no details.",
        "The officers believed that the gate was broken and gave details.",
    ),
    "what something takes": (
        "The vote to close the gate would require the approval of the council to take effect.",
        "The vote to close the gate would take effect only if the council approves it.",
        "The vote to close the gate took effect only with the approval of the council.",
    ),
    "what somebody is pressed to do": (
        "The party urged the council to freeze the ferry contract.",
        "The party pressed the council to freeze the ferry contract.",
        "The council froze the ferry contract of the party.",
    ),
    "a deed that somebody wants done": (
        "The party wants the port closed by May, said Lund.",
        "The party wants the port to be closed by May, said Lund.",
        "The port was closed by May, said Lund.",
    ),
    "a deed that somebody asks about": (
        "Lund asked whether the port was closed in May and will ask again.",
        "Lund asked whether the port was closed in May.",
        "The port was closed in May, said Lund.",
    ),
    "what is only expected is not agreed on": (
        "The council is expected to sell the ferry.",
        "The sale of the ferry by the council is expected.",
        "The council agreed to sell the ferry.",
    ),
    "both, of another deed": (
        "The two mayors met on Monday, and Lund signed the contract.",
        "The two mayors met on Monday.",
        "Few mayors met on Monday, and Lund signed the contract.",
    ),
    "a deed done to one thing and planned of another": (
        "Lund signed the lease for the port in May, and will sign the lease for the mill in June.",
        "Lund signed the lease for the port in May.",
        "Lund signed the lease for the mill in June.",
    ),
    "a condition at the start": (
        "If the tariff falls, the line will open in June, and the mill will hire 40 workers.",
        "If the tariff falls, the mill will hire 40 workers.",
        "The mill will hire 40 workers.",
    ),
    "a condition that somebody tells": (
        "The guild said that it would back the tolls if the port in Port Salm was kept open.",
        "The guild said that it would back the tolls once it was sure the port was kept open.",
        "The guild said that it would back the tolls.",
    ),
    "what is told on condition of anonymity": (
        "The port would close in May, two dockers said on condition of anonymity.",
        "Two dockers said that the port would close in May.",
        "Two dockers said that the port has closed in May.",
    ),
    "what is due to somebody": (
        "The report is due to parliament on Monday.",
        "The report is due on Monday.",
        "The report was given to parliament on Monday.",
    ),
    "a prospect": (
        "The minister said the port could be reopened within weeks.",
        "The minister held out the prospect of reopening the port within weeks.",
        "The minister reopened the port within weeks.",
    ),
    "an order": (
        "The mayor urged residents to boil their water.",
        "Residents were instructed to boil their water.",
        "The mayor told residents that he boiled their water.",
    ),
    "a question": (
        "The senate asked the company whether it had bribed the officials.",
        "The senate put a question to the company on whether it bribed the officials.",
        "The company had bribed the officials.",
    ),
    "a penalty": (
        "The men face up to 10 years in prison if convicted.",
        "The men face a prison term of up to 10 years.",
        "The men have gone to prison for up to 10 years.",
    ),
    "what will not be": (
        "The council will not negotiate on the ferry, the mayor said.",
        "The mayor ruled out that the council negotiates on the ferry.",
        "The council negotiated on the ferry, the mayor said.",
    ),
    "what came of a deed": (
        "The office will examine claims that gas was used in May, killing scores of sheep.",
        "The office has announced an inquiry into claims that gas was used, with scores killed.",
        "The office has examined claims that gas was used in May, killing scores of sheep.",
    ),
    "the day before": (
        "The fire in the mill came a day after a bomb in a bus hurt 21 dockers.",
        "The day before the fire in the mill, a bomb in a bus hurt 21 dockers.",
        "The day after the fire in the mill, a bomb in a bus hurt 21 dockers.",
    ),
    "a date that is set": (
        "The vote on the harbour bill is scheduled for 25 May.",
        "The vote on the harbour bill has been set for 25 May.",
        "The vote on the harbour bill has been held on 25 May.",
    ),
    "ahead of": (
        "The premier, speaking ahead of the summit in Port Salm, said the talks went well.",
        "Before the summit in Port Salm, the premier said the talks went well.",
        "The summit in Port Salm has ended, the premier said.",
    ),
    "what was agreed on": (
        "The mayors agreed on Saturday to impose new tolls as early as Monday.",
        "New tolls could come as early as Monday, the mayors agreed on Saturday.",
        "The mayors imposed new tolls on Monday.",
    ),
}


def found(source, claim):
    story = make.story(make.article(source))
    cited = make.cites(story, *(sentence.id for sentence in story.sentences))
    return verify(claim, cited, Sources(story))


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_in_other_words_is_not_refused(source, true, false):
    refusing = [check for check in found(source, true).checks if check.refuses]
    assert not refusing


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_otherwise_is_refused(source, true, false):
    assert found(source, false).is_refused
