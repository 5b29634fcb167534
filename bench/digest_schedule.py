"""Every zone of the IANA data base, 3 years, 4 times of the day: one edition a local date.

`python -m bench.digest_schedule` from the root compares each edition with a search over the
offsets that the zone had, then lets ticks run through a year of each zone. It writes what it
counted to bench/results/digest_schedule.json, and stops at the first edition that is wrong.
"""

import json
import platform
import time
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from tests.zone_check import TIMES, YEARS, check_ticks, check_year, local_hours

RESULTS = Path(__file__).parent / "results" / "digest_schedule.json"
EVERY = timedelta(hours=7, minutes=7)


def main() -> None:
    """Check them all, and write down how many that were."""
    began = time.perf_counter()
    zones = sorted(available_timezones())
    compared = ticked = 0
    for number, key in enumerate(zones):
        for year in YEARS:
            hours = local_hours(ZoneInfo(key), year)
            compared += check_year(key, year, TIMES, hours)
        at = TIMES[number % len(TIMES)]
        ticked += check_ticks(key, YEARS[-1], at, every=EVERY, hours=hours)
    result = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "tzdata": version("tzdata") if not any(map(Path.exists, map(Path, TZPATH))) else "system",
        "zones": len(zones),
        "years": YEARS,
        "times": [at.isoformat("minutes") for at in TIMES],
        "editions_compared": compared,
        "editions_ticked": ticked,
        "wrong": 0,
        "took_s": round(time.perf_counter() - began, 1),
    }
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
