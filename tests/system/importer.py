"""A process of its own that imports invented articles: `python -m tests.system.importer URL N`."""

import sys
from contextlib import closing

from briefing.data.article import Article
from briefing.edges.clock import now
from briefing.edges.database import open_database
from briefing.edges.library import Library


def articles(count):
    """So many articles, the same each time; every tenth is a new version of the one before."""
    return [
        Article(
            source=f"articles/{number}.txt",
            url=f"https://courier.example/{number - (number % 10 == 9)}",
            title=f"Report {number}",
            text=f"The harbour office of Salm reported {number} ships. " * 80,
        )
        for number in range(count)
    ]


def say(words):
    """Tell the process that started this one."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main():
    """Import, and say what was added."""
    brought = articles(int(sys.argv[2]))
    say("begins")
    with closing(open_database(sys.argv[1])) as database:
        added = Library(database, now=now).add(brought)
    say(f"{added.new} {added.known} {added.changed}")


if __name__ == "__main__":
    main()
