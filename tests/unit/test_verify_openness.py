"""Whether a sentence leaves open what the source does, in the many ways that news prose has."""

import pytest

from tests import make

# Source, a sentence that it bears out, and one that it does not.
TOLD = {
    "a programme is no deed": (
        "Before sailing to Ostrel, Adler will visit Port Salm and hold talks with Dario Lund.",
        "Adler's programme before Ostrel included a visit to Port Salm and talks with Dario Lund.",
        "Before Ostrel, Adler visited Port Salm and held talks with Dario Lund.",
    ),
    "what is meant to be": (
        "The minister is on a tour which aims to show support for the dockers.",
        "The minister's tour was meant to show support for the dockers.",
        "The minister's tour has ended with support for the dockers.",
    ),
    "who asks not to be named": (
        "Talks on the ferry broke down on Friday, said two officials, who asked not to be named.",
        "Talks on the ferry broke down on Friday, two officials said.",
        "The officials will be named on Friday.",
    ),
    "those asked in a poll": (
        "In a survey by the Salm Institute, 46 percent of those asked supported the toll.",
        "In a survey by the Salm Institute, 46 percent were in favour of the toll.",
        "In a survey by the Salm Institute, 46 percent had paid the toll.",
    ),
    "what is being weighed": (
        "Asked whether the ferry would sail in July, Lund said a delay was being weighed.",
        "A delay of the ferry was under consideration, Lund said.",
        "The ferry sailed in July, Lund said.",
    ),
    "who considers something so": (
        "Lund called the waters of Ostrel his own and raised a toll there.",
        "Lund raised a toll in the waters of Ostrel, which the town considers its own.",
        "Lund might raise a toll in the waters of Ostrel.",
    ),
    "who could not": (
        '"The work cannot end until the leak is closed," Lund told the harbour board.',
        "Lund told the harbour board that the work could not end until the leak was closed.",
        "Lund told the harbour board that the work had ended, and that the leak was closed.",
    ),
    "what somebody risks": (
        "Lund told the board that Ostrel risked being pulled into a quarrel over the ferry.",
        "Lund warned the board that Ostrel could be pulled into a quarrel over the ferry.",
        "Lund told the board that Ostrel was pulled into a quarrel over the ferry.",
    ),
    "who can look back": (
        "The pilot, 53, had 11,000 hours at sea when the ferry sank off Ostrel.",
        "The pilot could look back on 11,000 hours at sea when the ferry sank off Ostrel.",
        "The pilot may have had 11,000 hours at sea when the ferry sank off Ostrel.",
    ),
    "who did not wish to": (
        "Adler, in Ostrel for the signature of a treaty, has not wished to answer the reporters.",
        "Adler, who was in Ostrel to sign a treaty, declined to answer the reporters.",
        "Adler, who was in Ostrel, has answered the reporters.",
    ),
    "who is reminded to": (
        "The judge reminded Lund that the accused should not comment on witnesses.",
        "The judge reminded Lund not to comment on witnesses.",
        "The judge stopped Lund, who commented on witnesses.",
    ),
    "who turned an offer down": (
        "Lund said she had been offered a seat on the board of the ferry, which she declined.",
        "Lund said she had turned down a seat on the board of the ferry.",
        "Lund said she had taken a seat on the board of the ferry.",
    ),
    "the injured are no deed": (
        'The charity urged Ostrel to "stop the shelling", noting that the injured were children.',
        'The charity called on Ostrel to "stop the shelling", noting the injured were children.',
        'The charity said that Ostrel had "stopped the shelling".',
    ),
    "a deed told by a noun": (
        "In a call with Lund, Adler voiced concern about the toll and urged him to lower it.",
        "In a call with Lund, Adler was concerned about the toll.",
        "In a call with Lund, Adler lowered the toll.",
    ),
    "a condition in other words": (
        "Ostrel has made more money for the ferry conditional on a signed treaty.",
        "Ostrel has tied more money for the ferry to the signing of a treaty.",
        "Ostrel has given more money for the ferry.",
    ),
    "beside what is said on a condition": (
        "Lund, who met Adler today, confirmed the sum but said the ferry would depend on tolls.",
        "Lund met Adler today.",
        "The ferry sails, Lund said.",
    ),
    "what happened before without a condition": (
        "If no budget passes, Lund may send a trustee to run the port, as happened in 1998.",
        "A trustee ran the port in 1998.",
        "Lund sent a trustee to run the port.",
    ),
    "an estimated number": (
        "An estimated 500 people were killed in the flood in Ostrel.",
        "Some 500 people died in the flood in Ostrel.",
        "Some 500 people will be killed in the flood in Ostrel.",
    ),
    "what was planned": (
        "Adler will call on the mayor in Port Salm on Tuesday.",
        "Adler's call on the mayor in Port Salm was planned for Tuesday.",
        "Adler called on the mayor in Port Salm on Tuesday.",
    ),
    "the next day": (
        "The ferry sank on Friday off Ostrel, and divers found it the next day.",
        "The ferry that had sunk off Ostrel was found a day later.",
        "Divers will find the ferry that sank on Friday off Ostrel.",
    ),
    "beside a condition": (
        "If elected, Lund, who founded the ferry line in 2019, would be the youngest mayor.",
        "Lund founded the ferry line in 2019.",
        "Lund is the youngest mayor.",
    ),
    "who is asked if": (
        "Asked if he would run again, Lund laughed and left the room.",
        "Lund left the room when asked about running again.",
        "Lund will run again and has left the room for it.",
    ),
    "beside a plan": (
        "Investigators will examine the ferry, which was found on Sunday off Ostrel.",
        "The ferry was found on Sunday off Ostrel.",
        "Investigators examined the ferry on Sunday off Ostrel.",
    ),
    "a threat is a condition": (
        "The port threatened to sue the ferry line unless it paid the fine.",
        "The port threatened the ferry line with a suit over the fine.",
        "The port sued the ferry line, which paid the fine.",
    ),
    "what is put off": (
        "The vote on the harbour bill was put off until May.",
        "The vote on the harbour bill will not be held before May.",
        "The vote on the harbour bill was not put off until May.",
    ),
}


def faults(finding):
    return [one.detail for one in finding.checks if one.name == "status" and one.refuses]


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_left_open_in_other_words_is_not_refused(source, true, false):
    assert not faults(make.verified(true, source))


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_otherwise_is_refused(source, true, false):
    assert make.verified(false, source).is_refused
