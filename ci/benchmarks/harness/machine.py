"""What the benchmarks run on, and whether anything else runs there at the moment."""

import contextlib
import os
import pathlib
import platform
import time

TICKS = os.sysconf("SC_CLK_TCK")
# Cores that others may use during a run that still counts as quiet.
QUIET_CORES = 0.15


def cores() -> list[int]:
    return sorted(os.sched_getaffinity(0))


def client_core() -> str:
    return str(cores()[0])


def server_core() -> str:
    return str(cores()[-1])


def busy_seconds() -> float:
    """CPU time that all processes together have used, what the hypervisor took away included."""
    fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, _idle, _waiting, interrupts, soft_interrupts, steal = fields
    return (user + nice + system + interrupts + soft_interrupts + steal) / TICKS


def process_seconds(process: int) -> float:
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Others:
    """How many cores others use, from now on: all CPU time but that of this process, its children, and of those that
    still run."""

    def __init__(self, ours: list):
        self.ours = ours
        self.used, self.began = self.seconds(), time.monotonic()

    def seconds(self) -> float:
        return busy_seconds() - sum(os.times()[:4]) - sum(process.cpu_seconds for process in self.ours)

    def cores(self) -> float:
        return max(0.0, self.seconds() - self.used) / (time.monotonic() - self.began)


@contextlib.contextmanager
def priority(nice: int):
    """Linux weighs the processes of a session together, so that niceness alone does nothing against other sessions."""
    group = pathlib.Path("/proc/self/autogroup")
    if nice and group.exists():
        before = group.read_text().split()[-1]
        group.write_text(str(nice))
        try:
            yield
        finally:
            group.write_text(before)
    else:
        yield


def settle(seconds: float) -> None:
    """Waits until the machine is quiet, at most so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        before, began = busy_seconds(), time.monotonic()
        time.sleep(0.5)
        if (busy_seconds() - before) / (time.monotonic() - began) < QUIET_CORES:
            return


def description() -> dict:
    models = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
              if line.startswith("model name")]
    return {
        "cpu": models[0] if models else platform.machine(),
        "cores": len(cores()),
        "kernel": platform.release(),
        "libc": " ".join(platform.libc_ver()),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }
