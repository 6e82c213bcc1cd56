"""The command line and the file of exchanges that every client of the benchmarks shares."""

import argparse
import asyncio
import json
import pathlib
import sys
import time


class Exchange:
    def __init__(self, number: int):
        self.id = number
        self.outcome = "completed"
        self.offsets: list[int] = []
        self.sent = time.monotonic_ns()

    def token(self) -> None:
        self.offsets.append(time.monotonic_ns() - self.sent)

    def line(self) -> str:
        return json.dumps(
            {"id": self.id, "sent_monotonic_ns": self.sent, "clock": "monotonic", "outcome": self.outcome,
             "tokens": len(self.offsets), "token_offsets_ns": self.offsets})


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["load"])
    for name in ("--url", "--model", "--prompt-file"):
        parser.add_argument(name, required=True)
    parser.add_argument("--api")
    parser.add_argument("--concurrency", type=int, default=1)
    parser.add_argument("--requests", type=int, default=1)
    parser.add_argument("--exchanges")
    return parser.parse_args()


def run(chosen: argparse.Namespace, call) -> None:
    """Awaits `call(exchange, prompt)` for every request, so many at a time, and writes what they measured."""
    prompt = pathlib.Path(chosen.prompt_file).read_text()

    async def one(number: int, places: asyncio.Semaphore) -> Exchange:
        async with places:
            exchange = Exchange(number)
            try:
                await call(exchange, prompt)
            except Exception as error:
                print(f"exchange {number}: {error!r}", file=sys.stderr)
                exchange.outcome = type(error).__name__
            return exchange

    async def every() -> list[Exchange]:
        places = asyncio.Semaphore(chosen.concurrency)
        return await asyncio.gather(*(one(number, places) for number in range(1, chosen.requests + 1)))

    exchanges = asyncio.run(every())
    if chosen.exchanges:
        with open(chosen.exchanges, "w") as file:
            file.writelines(exchange.line() + "\n" for exchange in exchanges)
    sys.exit(any(exchange.outcome != "completed" for exchange in exchanges))
