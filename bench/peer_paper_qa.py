"""Have paper-qa answer a question about files; run by `bench/peers.py` in paper-qa's own venv.

    python peer_paper_qa.py QUESTION FILE...            # as its README shows: add, add, …, query
    python peer_paper_qa.py --cited QUESTION FILE...    # with the citations given: fewest calls

The look-up of papers on the web (Crossref, Semantic Scholar) is off. OPENAI_API_BASE and
OPENAI_API_KEY say whom it asks.
"""

import asyncio
import json
import sys
from importlib.metadata import version
from pathlib import Path

from paperqa import Docs, Settings

MODEL = "openai/gpt-4o-mini"


async def run(question: str, files: list[str], *, is_cited: bool) -> str:
    """Return the answer."""
    settings = Settings(llm=MODEL, summary_llm=MODEL, embedding="openai/text-embedding-3-small")
    settings.parsing.use_doc_details = False
    documents = Docs()
    for file in files:
        name = Path(file).stem
        given = {"citation": name, "docname": name} if is_cited else {}
        await documents.aadd(file, settings=settings, **given)
    session = await documents.aquery(question, settings=settings)
    return session.answer


def main() -> None:
    """Print the version and the length of the answer."""
    is_cited = sys.argv[1] == "--cited"
    question, *files = sys.argv[1 + is_cited :]
    answer = asyncio.run(run(question, files, is_cited=is_cited))
    print(json.dumps({"version": version("paper-qa"), "words": len(answer.split())}))


if __name__ == "__main__":
    main()
