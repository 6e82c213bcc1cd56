"""Runs of clients against the server's stand-in: what each cost, and how far off it was."""

import contextlib
import pathlib
from collections.abc import Callable
from dataclasses import asdict, dataclass

from . import audit, machine
from .figures import Outcome
from .processes import Between, Failure, Server, Spinners, measured

# The client that everything is compared with, and the one that is judged.
REFERENCE, GATE = "c", "chimera-gate"
# What may stand between a client and the server: our measuring proxy, or a relay in C that only passes bytes on.
PROXY, RELAY = "the proxy", "a plain relay"


@dataclass
class Setting:
    """What a comparison's runs have in common."""

    built: pathlib.Path
    folder: pathlib.Path
    # How each client is begun; `load` and its options follow.
    clients: dict[str, list]
    runs: int
    attempts: int
    settle_seconds: float
    api: str
    nice: int
    say: Callable[[str], None]


@dataclass(frozen=True)
class Shape:
    """The load of one run."""

    streams: int
    tokens: int
    rate: float = 50
    batch: int = 64
    ttft_ms: float = 300
    requests: int | None = None
    audited: bool = True
    exchanges: bool = True
    spinners: int = 0
    pinned: bool = True
    # What stands between the client and the server: PROXY, RELAY or nothing.
    between: str | None = None
    seconds: int = 90


def one_run(setting: Setting, client: str, shape: Shape) -> dict:
    """What a client cost and how far off it was, under the names of the figures."""
    log, file = setting.folder / "log.jsonl", setting.folder / "exchanges.jsonl"
    requests = shape.requests or shape.streams
    with contextlib.ExitStack() as running:
        spinners = running.enter_context(Spinners(shape.spinners))
        server = running.enter_context(Server(
            setting.built, log, setting.nice, rate=shape.rate, batch=shape.batch, tokens=shape.tokens,
            ttft_ms=shape.ttft_ms))
        ours, url, between = [server, spinners], server.url, None
        if shape.between:
            between = running.enter_context(Between(
                command_between(setting, shape.between, url, api_of(setting, client)), setting.nice))
            url = between.url
            ours.append(between)
        command = [*setting.clients[client], "load", "--url", url, "--api", api_of(setting, client),
                   "--model", "benchmark", "--prompt-file", setting.folder / "prompt.txt",
                   "--concurrency", shape.streams, "--requests", requests]
        if shape.exchanges:
            command += ["--exchanges", file]
        watch = machine.Others(ours)
        cost = measured(
            setting.built, command, shape.seconds, machine.client_core() if shape.pinned else "any", setting.nice,
            setting.folder)
        foreign = watch.cores()
        if between:
            between.end()
    sent = audit.server_log(log)
    tokens = sum(len(answer.times) for answer in sent)
    if len(sent) != requests:
        raise Failure(f"{client}: {len(sent)} answers of {requests} were read to their end")
    run = {
        "client": client, "api": api_of(setting, client), "streams": shape.streams, "tokens": tokens,
        "cpu_us_per_token": cost.cpu_seconds * 1e6 / tokens,
        "cpu_seconds": cost.cpu_seconds, "peak_mb": cost.peak_bytes / 1e6,
        "seconds": cost.seconds, "foreign_cores": round(foreign, 3),
        "involuntary_switches": cost.involuntary_switches,
        "first_request_ms": (min(answer.arrived for answer in sent) - cost.spawned_ns) / 1e6,
    }
    if between:
        run["between_cpu_us_per_token"] = between.spent * 1e6 / tokens
        run["between_peak_mb"] = between.peak_bytes / 1e6
        run["client"] = f"{client} through {shape.between}"
    if shape.between == PROXY:
        stamped = audit.errors(audit.exchanges(setting.folder / "proxy/exchanges.jsonl"), sent)
        run |= {f"proxy_{name}": stamped[name] for name in ("arrival_p99_us", "ttft_p99_us", "degraded")}
    if shape.exchanges and shape.audited:
        received = audit.exchanges(file)
        run |= audit.errors(received, sent, trust_ids=client == "openai")
        run["token_count_off"] = sum(len(exchange.times) for exchange in received) - tokens
    for path in (log, file):
        path.unlink(missing_ok=True)
    return run


def command_between(setting: Setting, between: str, url: str, api: str) -> list:
    if between == RELAY:
        return [setting.built / "relay", url.rpartition(":")[2]]
    return [*setting.clients[GATE], "proxy", "--url", url, "--api", api, "--listen", "127.0.0.1:0",
            "--output", setting.folder / "proxy"]


def api_of(setting: Setting, client: str) -> str:
    return client if client in ("ollama", "openai") else setting.api


def interleaved(
    setting: Setting, outcome: Outcome, shape: Shape, clients: list[str],
    beside: dict[str, tuple[str, Shape]] | None = None
) -> list[dict[str, dict]]:
    """Rounds in which every client runs once, one after the other; and those beside them, of a shape of their own.

    A round during which others used the machine is repeated, as long as attempts are left; the quietest ones are kept.
    """
    clients = [client for client in clients if client in setting.clients]
    rounds: list[dict[str, dict]] = []
    for attempt in range(setting.attempts):
        machine.settle(setting.settle_seconds)
        made = {client: one_run(setting, client, shape) for client in clients}
        made |= {name: one_run(setting, client, other) for name, (client, other) in (beside or {}).items()}
        rounds.append(made)
        quiet = sum(disturbance(one) < machine.QUIET_CORES for one in rounds)
        setting.say(
            f"{outcome.name}, {shape.streams} streams, round {attempt + 1}: others used {disturbance(made):.2f} cores")
        if quiet >= setting.runs:
            break
    kept = sorted(rounds, key=disturbance)[:setting.runs]
    outcome.runs += [
        run | {"shape": asdict(shape), "kept": made in kept} for made in rounds for run in made.values()]
    return [made for made in rounds if made in kept]


def disturbance(made: dict[str, dict]) -> float:
    return max(run["foreign_cores"] for run in made.values())
