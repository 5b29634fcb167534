"""Have gpt-researcher report on local files; run by `bench/peers.py` in gpt-researcher's own venv.

    python peer_gpt_researcher.py QUESTION

DOC_PATH is the folder of the files, OPENAI_BASE_URL and OPENAI_API_KEY say whom it asks, and
RETRIEVER=custom with RETRIEVER_ENDPOINT where it searches what it takes for the web: nothing.
"""

import asyncio
import json
import sys
from importlib.metadata import version

from gpt_researcher import GPTResearcher


async def run(question: str) -> str:
    """Return the report."""
    researcher = GPTResearcher(
        query=question, report_type="research_report", report_source="local", verbose=False
    )
    await researcher.conduct_research()
    return await researcher.write_report()


def main() -> None:
    """Print the version and the length of the report, on the last line."""
    report = asyncio.run(run(sys.argv[1]))
    print(json.dumps({"version": version("gpt-researcher"), "words": len(report.split())}))


if __name__ == "__main__":
    main()
