#!/usr/bin/env python3
"""Serves the small model of ci/model by llama.cpp's server until SIGTERM.

Run it with the Python of the folder that ci/model filled: .model/venv/bin/python ci/serve-model.py --port 18080
"""

import argparse
import os
import pathlib
import signal
import sys

MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"


def arguments() -> argparse.Namespace:
    default = os.environ.get("CHIMERA_GATE_MODEL_DIR") or pathlib.Path(__file__).resolve().parent.parent / ".model"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=18080, help="port on 127.0.0.1 (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=1, help="threads of the model (default: %(default)s)")
    parser.add_argument("--ctx", type=int, default=4096, help="context window in tokens (default: %(default)s)")
    parser.add_argument("--model-dir", type=pathlib.Path, default=pathlib.Path(default), help="folder of ci/model")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    # Relative where possible: the server tells its clients this path, and sessions that keep it travel.
    path = os.path.relpath(options.model_dir / MODEL)
    if not os.path.isfile(path):
        sys.exit(f"serve-model: {path} is missing: run ci/model first")
    try:
        import xllamacpp
    except ImportError:
        sys.exit(f"serve-model: this Python has no xllamacpp: use {options.model_dir}/venv/bin/python (ci/model makes it)")

    # While the model loads no Python runs, so no handler could: the default action ends the process at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    parameters = xllamacpp.CommonParams()
    parameters.model.path = path
    parameters.model_alias = {MODEL.removesuffix(".gguf")}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = options.port
    parameters.n_ctx = options.ctx
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = options.threads
    parameters.cpuparams_batch.n_threads = options.threads
    parameters.endpoint_metrics = True
    try:
        server = xllamacpp.Server(parameters)
    except RuntimeError:
        sys.exit(f"serve-model: no server on 127.0.0.1:{options.port}: is the port taken? What llama.cpp says is above.")

    # The server's own way out waits for its threads, which took up to a minute on a loaded machine.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))
    print(f"listening on {server.listening_address}", flush=True)
    while True:
        signal.pause()


if __name__ == "__main__":
    main()
