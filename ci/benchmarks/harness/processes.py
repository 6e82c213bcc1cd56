"""Processes of the benchmarks: each bounded in time, on chosen cores, with what it cost."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from . import machine


@dataclass
class Cost:
    status: int
    spawned_ns: int
    seconds: float
    user_seconds: float
    system_seconds: float
    peak_bytes: int
    involuntary_switches: int

    @property
    def cpu_seconds(self) -> float:
        return self.user_seconds + self.system_seconds


class Failure(Exception):
    """A process did not do what it should."""


def measured(
    built: pathlib.Path, command: list, seconds: int = 120, cores: str = "any", nice: int = 0,
    folder: pathlib.Path | None = None, accept: tuple[int, ...] = (0,)
) -> Cost:
    """Runs a command to its end, by a status that is accepted. Its output is thrown away, but shown where it fails."""
    with tempfile.NamedTemporaryFile(prefix="benchmark-", suffix=".json") as report, tempfile.TemporaryFile() as errors:
        words = [str(word) for word in command]
        done = subprocess.run(
            [built / "measure", report.name, str(seconds), cores, str(nice), *words], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=errors, cwd=folder, timeout=seconds + 20)
        errors.seek(0)
        said = errors.read()[-2000:].decode(errors="replace")
        if done.returncode:
            raise Failure(said)
        found = json.loads(pathlib.Path(report.name).read_text())
    if found["expired"]:
        raise Failure(f"{words[0]} did not end within {seconds} s: {said}")
    if found["status"] not in accept:
        raise Failure(f"{' '.join(words)[:2000]} ended with {found['status']}: {said}")
    return Cost(
        found["status"], found["spawned_ns"], (found["ended_ns"] - found["spawned_ns"]) / 1e9, found["user_seconds"],
        found["system_seconds"], found["peak_bytes"], found["involuntary_switches"])


class Server:
    """The model server's stand-in, from its start to the end of the `with` block; its log is complete after that."""

    def __init__(self, built: pathlib.Path, log: pathlib.Path | None, nice: int, **settings):
        self.command = [str(built / "server")]
        for name, value in settings.items():
            self.command += [f"--{name.replace('_', '-')}", str(value)]
        if log:
            self.command += ["--log", str(log)]
        self.nice = nice

    def __enter__(self):
        self.process = subprocess.Popen(
            ["nice", "-n", str(self.nice), "taskset", "-c", machine.server_core(), *self.command],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise Failure(f"{' '.join(self.command)} did not start")
        self.url = line.split()[-1]
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        finally:
            self.process.kill()
            self.process.stdout.close()

    @property
    def cpu_seconds(self) -> float:
        return machine.process_seconds(self.process.pid)


class Between:
    """A program between a client and a server, from its start to the end of the `with` block; its cost is known after
    that."""

    def __init__(self, command: list, nice: int):
        self.command = ["nice", "-n", str(nice), *map(str, command)]
        self.spent = None

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        words = self.process.stdout.readline().split()
        if len(words) < 3:
            raise Failure(f"{' '.join(self.command)} did not start")
        self.url = words[2].rstrip(",")
        return self

    def __exit__(self, *_):
        self.end()

    def end(self) -> None:
        """Ends it by SIGTERM, after which its files are whole."""
        if self.spent is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        _, _, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = 0
        self.process.stdout.close()
        self.spent = usage.ru_utime + usage.ru_stime
        self.peak_bytes = usage.ru_maxrss * 1024

    @property
    def cpu_seconds(self) -> float:
        return machine.process_seconds(self.process.pid) if self.spent is None else 0


class Spinners:
    """Processes that do nothing but keep the machine busy: one on each core that the client and the server use."""

    def __init__(self, count: int):
        self.count = count

    def __enter__(self):
        places = [machine.client_core(), machine.server_core()]
        self.processes = [
            subprocess.Popen(["taskset", "-c", places[at % 2], sys.executable, "-c", "while True: pass"])
            for at in range(self.count)]
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()
            process.wait()

    @property
    def cpu_seconds(self) -> float:
        return sum(machine.process_seconds(process.pid) for process in self.processes)
