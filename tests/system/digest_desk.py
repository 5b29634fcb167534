"""Settings and articles of a digest that is due."""

import email
from datetime import UTC, datetime, timedelta
from email.policy import default

from tests.system.desk import put

NEWS = """Lund arrived in Port Salm on Monday

Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail.

The new rail line cost 3.2 million crowns, the harbour office reported.
"""


MORE = """Flood in the quarry near Ondresk

Rescuers found 14 people dead in the flooded quarry near Ondresk on Tuesday, the police said.
"""


SECRET = "0123456789abcdef0123"


def settings(room, *, more="", digest="", at=None):
    """Write briefing.toml: a digest that is due since five minutes ago."""
    due = at or f"{datetime.now(UTC) - timedelta(minutes=5):%H:%M} UTC"
    put(
        "briefing.toml",
        f"""[smtp]
host = "127.0.0.1"
port = {room.port}
tls = "none"
sender = "Salm Desk <desk@salm.example>"
timeout_s = 5
[library]
url = "sqlite:///library.sqlite3"
{more}
[[digest]]
name = "salm"
title = "Salm Briefing"
schedule = "{due}"
sources = ["news"]
recipients = ["ada@salm.example", "bo@salm.example"]
{digest}
""",
    )


def text_of(content):
    message = email.message_from_bytes(content, policy=default)
    return " ".join(message.get_body(("plain",)).get_content().split())
