"""What a stand-in batch server answers, and what was asked of it."""

import json

from tests.batch_server import row
from tests.stand_in import completion
from tests.system.desk import COST, GOOD, LIE, drafted, repaired

PRICES = "prompt_usd_per_million = 1\ncompletion_usd_per_million = 2\nbatch_discount = 0.5\n"
QUICK = "[batch]\npoll_s = 0.01\n"
KEY = "sk-canary-0123456789abcdef"
WHEAT = (
    "Wheat prices at the Mirevia exchange doubled within a week in March.",
    "Wheat farmers of Tolvessa sold 90 tonnes of last year's wheat at a loss.",
    "The mills of Kaldrin bought wheat abroad, the grain board of Kaldrin said.",
)


def sentences(reply):
    """What a stand-in's reply of the other kind says."""
    return json.loads(reply.content)["choices"][0]["message"]["content"]


def schema(line):
    return line["body"]["response_format"]["json_schema"]["name"]


def is_of_wheat(line):
    return WHEAT[0] in line["body"]["messages"][1]["content"]


def by_step(draft, repair=None):
    """Answer a line by what it asks for."""

    def answer(line):
        reply = repair if schema(line) == "repair" else draft
        return row(line, completion(sentences(reply)))

    return answer


WITH_A_LIE = drafted(*GOOD[:1], (LIE, "S1.3"), *GOOD[2:])
MENDED = by_step(WITH_A_LIE, repaired(COST))
"""A draft in which one sentence has to be mended: two rounds."""


def texts(data):
    return [one["text"] for section in data["sections"] for one in section["sentences"]]


def keys(server):
    return [line["custom_id"] for line in server.lines]


def of_both(line):
    """Answer a line by its story, whose draft has a sentence to be mended."""
    if schema(line) == "repair":
        return row(line, completion(sentences(repaired(WHEAT[1] if is_of_wheat(line) else COST))))
    if is_of_wheat(line):
        draft = drafted((WHEAT[0], "S1.1"), ("Farmers sold 900 tonnes.", "S1.2"))
        return row(line, completion(sentences(draft)))
    return row(line, completion(sentences(WITH_A_LIE)))
