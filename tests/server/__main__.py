"""`python -m tests.server --port 0 --days DIR` serves until it is ended, and prints where it is: `HF_ENDPOINT=that`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from datetime import date
from pathlib import Path

from tests.server import Hub, Server
from tests.server.fixtures import sample_items


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="where to listen; 0 takes a free port")
    parser.add_argument("--days", type=Path, help="a directory of recorded days, 2026-08-21.json")
    parser.add_argument("--papers", type=int, default=300, help="how many papers to make if there are no recorded days")
    parser.add_argument("--today", type=date.fromisoformat, help="the newest day that is not in the future")
    parser.add_argument(
        "--fault", action="append", default=[], metavar="NAME", help="a fault to switch on; may be repeated"
    )
    options = parser.parse_args()
    if options.days is not None:
        hub = Hub.recorded(options.days, today=options.today)
    else:
        hub = Hub(sample_items(options.papers, last_day=options.today), today=options.today)
    with Server(hub, port=options.port) as server:
        for name in options.fault:
            server.fault(name)
        print(server.url, flush=True)  # noqa: T201 - this is what the caller waits for
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        ended.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
