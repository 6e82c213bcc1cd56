"""The comparisons of commands that talk to no server: `ingest`, and the start of the program."""

import json
import pathlib
import shutil
import statistics
import subprocess
import tempfile
from dataclasses import asdict

from . import machine
from .figures import Outcome
from .loads import LINEAR, growth
from .processes import Cost, measured
from .streams import GATE, Setting

SEED = 1
BYTES = 10_240


def ingest(setting: Setting, outcome: Outcome, files: int) -> None:
    sizes = (files // 4, files // 2, files)
    found = {size: one_corpus(setting, outcome, size) for size in sizes}
    whole = found[files]
    outcome.add("walk and read, C", "CPU s", [one["walk"].cpu_seconds for one in whole])
    outcome.add("numbers by strtod too, C", "CPU s", [one["numbers"].cpu_seconds for one in whole])
    outcome.add("numbers by strtod too, C", "s", [one["numbers"].seconds for one in whole])
    if not all(GATE in one for one in whole):
        return
    outcome.add("ingest, chimera-gate, one core", "CPU s", [one[GATE].cpu_seconds for one in whole])
    outcome.add("ingest, chimera-gate, two cores", "CPU s", [one["both"].cpu_seconds for one in whole])
    # The kernel's part of ingest is walking and reading, and page faults besides.
    outcome.add("kernel's part of ingest to C's walk and read", "",
                [one[GATE].system_seconds / one["walk"].cpu_seconds for one in whole], 1.5)
    outcome.add("ingest to C with strtod, one core", "",
                [one[GATE].cpu_seconds / one["numbers"].cpu_seconds for one in whole], 1)
    outcome.add("ingest to C with strtod, two cores", "",
                [one["both"].cpu_seconds / one["numbers"].cpu_seconds for one in whole], 1)
    outcome.add("time on two cores to time on one", "", [one["both"].seconds / one[GATE].seconds for one in whole], 1)
    outcome.add("peak memory, chimera-gate", "MB", [one["both"].peak_bytes / 1e6 for one in whole], 500)
    for what, cost in (("CPU", lambda one: one[GATE].cpu_seconds), ("memory", lambda one: one[GATE].peak_bytes)):
        costs = {size: statistics.median(cost(one) for one in rounds) for size, rounds in found.items()}
        outcome.add(f"growth of {what} per file", "times", [growth(costs)], LINEAR)


def one_corpus(setting: Setting, outcome: Outcome, files: int) -> list[dict[str, Cost]]:
    """Rounds over a corpus of that size, which exists only meanwhile."""
    with tempfile.TemporaryDirectory(prefix="corpus-", dir=setting.folder) as folder:
        subprocess.run([setting.built / "corpus", folder, str(files), str(BYTES), str(SEED)], check=True, timeout=600)
        commands = {
            "walk": ([setting.built / "walk", folder], machine.client_core()),
            "numbers": ([setting.built / "walk", folder, "--numbers"], machine.client_core()),
        }
        if GATE in setting.clients:
            command = [*setting.clients[GATE], "ingest", "--corpus", folder]
            both = f"{machine.client_core()},{machine.server_core()}"
            commands |= {GATE: (command, machine.client_core()), "both": (command, both)}
        rounds = []
        for number in range(setting.runs + 1):
            machine.settle(setting.settle_seconds)
            made = {
                name: measured(setting.built, command, 300, cores, setting.nice, setting.folder)
                for name, (command, cores) in commands.items()}
            setting.say(f"{outcome.name}, {files} files, round {number}: " + ", ".join(
                f"{name} {cost.cpu_seconds:.2f} CPU s in {cost.seconds:.2f} s" for name, cost in made.items()))
            # The first one reads from the disk what the others find in memory.
            if number:
                rounds.append(made)
        outcome.runs += [{"files": files, "job": name} | asdict(cost) for made in rounds for name, cost in made.items()]
        return rounds


def startup(setting: Setting, outcome: Outcome) -> None:
    if GATE not in setting.clients:
        return
    command = [str(word) for word in setting.clients[GATE]] + ["--version"]
    machine.settle(setting.settle_seconds)
    if shutil.which("hyperfine"):
        file = setting.folder / "hyperfine.json"
        subprocess.run(
            ["hyperfine", "-N", "--warmup", "5", "--runs", "50", "--style", "none", "--export-json", file,
             " ".join(command)],
            check=True, timeout=120, capture_output=True)
        times = json.loads(file.read_text())["results"][0]["times"]
    else:
        times = [measured(setting.built, command, 10, nice=setting.nice).seconds for _ in range(50)]
    outcome.add("chimera-gate --version", "ms", [1000 * time for time in times])


def temporary(parent: pathlib.Path | None):
    return tempfile.TemporaryDirectory(prefix="chimera-gate-benchmark-", dir=parent)
