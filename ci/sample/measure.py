#!/usr/bin/env python3
"""Measures the small model of ci/model under several settings and writes the sample corpus.

    ci/model && python3 ci/sample/measure.py          # some ten minutes on two cores

Every number in ci/sample/corpus comes from one run of this script. The client's clock is the authority; what the
server says about itself is kept under names that begin with server_.
"""

import argparse
import datetime
import http.client
import itertools
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import time

import artefacts

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MODEL = "SmolLM2-135M-Instruct.Q4_1"

THREADS = (1, 2)
CONTEXTS = (1024, 4096)
PROMPT_TOKENS = (50, 200, 600)
TOKEN_CAPS = (32, 64)

SENTENCES = (
    "A benchmark is a promise that tomorrow's number can be compared with today's.",
    "The time to the first token covers the evaluation of the whole prompt.",
    "After it, the tokens arrive one by one, and their rate is the throughput.",
    "A busy machine makes both of them worse, and it does so unevenly.",
    "That is why each setting is measured several times and the median is kept.",
    "A single thread is slow and steady; two threads are fast while both cores are free.",
    "The context window sets how much memory is put aside for the conversation.",
    "A cached prompt is answered at once, which says nothing about the model's speed.",
)


class Server:
    """llama.cpp's server as a child process, from spawn to the end of the `with` block."""

    def __init__(self, python: str, port: int, threads: int, context: int):
        self.port = port
        self.command = [python, str(ROOT / "ci" / "serve-model.py"), "--port", str(port)]
        self.command += ["--threads", str(threads), "--ctx", str(context)]

    def __enter__(self):
        spawned = time.monotonic()
        self.child = subprocess.Popen(
            self.command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self.is_ready():
            if self.child.poll() is not None:
                sys.exit(f"the server ended with {self.child.returncode} before it was ready: {self.command}")
            time.sleep(0.005)
        self.load_ms = (time.monotonic() - spawned) * 1e3
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait(timeout=60)

    def is_ready(self) -> bool:
        try:
            return self.request("GET", "/health")[0] == 200
        except OSError:
            return False

    def request(self, method: str, path: str, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, json.loads(response.read())

    def count_tokens(self, text: str) -> int:
        return len(self.request("POST", "/tokenize", {"content": text})[1]["tokens"])

    def memory_mb(self) -> float:
        for line in pathlib.Path(f"/proc/{self.child.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return float("nan")

    def stream(self, prompt: str, token_cap: int) -> dict:
        """One call: the moments of its contents in seconds after the request, and the server's own figures."""
        body = {
            "model": MODEL, "messages": [{"role": "user", "content": prompt}], "max_tokens": token_cap,
            "temperature": 0, "seed": 1, "cache_prompt": False, "stream": True,
            "stream_options": {"include_usage": True},
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.connect()
        sent = time.monotonic()
        connection.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        if response.status != 200:
            sys.exit(f"the server answered {response.status}: {response.read().decode()}")
        arrivals, last = [], {}
        for line in response:
            arrived = time.monotonic() - sent
            if not line.startswith(b"data: ") or line.startswith(b"data: [DONE]"):
                continue
            event = json.loads(line[6:])
            last = event if "timings" in event else last
            if event["choices"] and event["choices"][0]["delta"].get("content"):
                arrivals.append(arrived)
        return {"arrivals": arrivals, "total": time.monotonic() - sent, "usage": last["usage"],
                "timings": last["timings"]}


def prompt_of(server: Server, tokens: int) -> str:
    """Sentences until the prompt has at least that many tokens, and a question."""
    text = ""
    for sentence in itertools.cycle(SENTENCES):
        if server.count_tokens(text) >= tokens:
            break
        text += sentence + " "
    return text + "Explain in a few sentences what follows from this."


def call(server: Server, prompt: str, token_cap: int) -> dict:
    load_before = os.getloadavg()[0]
    answer = server.stream(prompt, token_cap)
    arrivals, usage, timings = answer["arrivals"], answer["usage"], answer["timings"]
    gaps = [1e3 * (b - a) for a, b in zip(arrivals, arrivals[1:])]
    return {
        "prompt_tokens": usage["prompt_tokens"],
        "tokens": usage["completion_tokens"],
        "ttft_ms": arrivals[0] * 1e3,
        "throughput_tok_s": (usage["completion_tokens"] - 1) / (arrivals[-1] - arrivals[0]),
        "latency_max_gap_ms": max(gaps),
        "total_ms": answer["total"] * 1e3,
        "server_prompt_tok_s": timings["prompt_per_second"],
        "server_throughput_tok_s": timings["predicted_per_second"],
        "load_average_1m": load_before,
        "gaps": gaps,
    }


def measure(python: str, port: int, repetitions: int) -> tuple[list, list]:
    """All calls and all cold starts. Each repetition goes through every setting, so that a busy minute of the
    machine falls on all of them and not on one."""
    calls, starts = [], []
    for repetition in range(1, repetitions + 1):
        for threads, context in itertools.product(THREADS, CONTEXTS):
            with Server(python, port, threads, context) as server:
                setting = {"threads": threads, "num_ctx": context, "repetition": repetition}
                server.stream("Hello", 4)  # the first call after a start is another population
                for prompt_size, token_cap in itertools.product(PROMPT_TOKENS, TOKEN_CAPS):
                    figures = call(server, prompt_of(server, prompt_size), token_cap)
                    calls.append({**setting, "prompt_size": prompt_size, "token_cap": token_cap, **figures})
                starts.append({**setting, "load_ms": server.load_ms, "memory_mb": server.memory_mb()})
            print(f"repetition {repetition}: {threads} threads, context of {context}: {len(calls)} calls", flush=True)
    return calls, starts


def environment() -> dict:
    cpu = next((line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    return {
        "measured_at": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "model": MODEL,
        "server": "llama.cpp of xllamacpp 2026.10.11549",
        "cpu": cpu,
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
        "kernel": platform.release(),
        "machine": "shared with other work while it was measured",
        "options": {"temperature": 0, "seed": 1, "cache_prompt": False},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=str(ROOT / ".model/venv/bin/python"), help="a Python with xllamacpp")
    parser.add_argument("--port", type=int, default=18090)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "corpus")
    options = parser.parse_args()

    machine = environment()
    calls, starts = measure(options.python, options.port, options.repetitions)
    shutil.rmtree(options.output, ignore_errors=True)
    artefacts.write(options.output, calls, starts, machine)


if __name__ == "__main__":
    main()
