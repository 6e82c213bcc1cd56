"""The C programs and the Python of the official clients: built where they are missing or older than their sources."""

import pathlib
import subprocess

FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror"]
HERE = pathlib.Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
PROGRAMS = {
    "server": (["server/*.c"], []),
    "client": (["client/*.c"], ["-lcurl"]),
    "measure": (["common/measure.c"], []),
    "relay": (["relay/*.c"], []),
    "walk": (["ingest/walk.c"], []),
    "corpus": (["ingest/corpus.c"], []),
}


def build(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    newest = max(path.stat().st_mtime for path in HERE.glob("*/*.[ch]"))
    for name, (patterns, libraries) in PROGRAMS.items():
        program = folder / name
        if program.exists() and program.stat().st_mtime > newest:
            continue
        sources = [path for pattern in patterns for path in sorted(HERE.glob(pattern))]
        subprocess.run(["cc", *FLAGS, *sources, "-o", program, *libraries], check=True, timeout=300)


def python_of_clients(folder: pathlib.Path) -> pathlib.Path:
    """A Python with the packages of ci/clients: the one that ci/test has made, or one that is made now."""
    for python in (ROOT / ".build/python/bin/python", folder / "python/bin/python"):
        imports = [python, "-c", "import ollama, openai"]
        if python.exists() and subprocess.run(imports, capture_output=True).returncode == 0:
            return python
    subprocess.run(["python3", "-m", "venv", folder / "python"], check=True, timeout=300)
    subprocess.run(
        [python, "-m", "pip", "install", "--disable-pip-version-check", "-q", "-r",
         ROOT / "ci/clients/requirements.txt"],
        check=True, timeout=900)
    return python
