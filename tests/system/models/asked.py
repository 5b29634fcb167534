"""What runs with a model share: prices, and texts of a document."""

PRICES = "prompt_usd_per_million = 1\ncompletion_usd_per_million = 2\n"


def texts(data):
    return [one["text"] for section in data["sections"] for one in section["sentences"]]


# Quotations first.

LONG = """date 2031-04-07
Lund settles the tariff

Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail, the first \
visit of a foreign minister to the port since the new line was opened there.

The new rail line cost 3.2 million crowns in all and was opened two years late, the harbour office \
of Port Salm reported to the town council on Tuesday.
"""


FIRST = "Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail"
