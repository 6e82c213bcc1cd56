#!/usr/bin/env python3
"""Writes the manual pages of a program out of what its argument parser says of it.

chimera-gate --experimental-dump-help | ci/lib/manual.py FOLDER [VERSION]

One page for the program and one for each command, section 1, for man(7).
"""

import json
import os
import re
import sys


def text(words):
    """Nothing that roff would take for an order."""
    words = words.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in words.split("\n"))


def name(of):
    return ("--" if of["kind"] == "long" else "-") + of["name"]


def heading(argument):
    """`--config <file>`, `<report> ...`"""
    value = f"<{argument.get('valueName', '')}>"
    if argument["kind"] == "positional":
        return text(value + (" ..." if argument["isRepeating"] else ""))
    names = ", ".join(f"\\fB{text(name(each))}\\fR" for each in argument.get("names") or [argument["preferredName"]])
    return names if argument["kind"] == "flag" else f"{names} \\fI{text(argument.get('valueName', ''))}\\fR"


def explanation(argument):
    words = argument.get("abstract", "")
    values = argument.get("allValues") or []
    if values:
        words += f" (values: {', '.join(values)})"
    if argument.get("defaultValue") is not None:
        words += f" (default: {argument['defaultValue']})"
    return words.strip()


def paragraphs(discussion):
    """Blocks that are indented stay as they are, the others are filled."""
    for block in re.split(r"\n\s*\n", discussion):
        if any(line.startswith("  ") for line in block.split("\n")):
            yield ".PP\n.nf\n" + text(block) + "\n.fi"
        else:
            yield ".PP\n" + text(block)


def shown(items):
    return [item for item in items or [] if item.get("shouldDisplay", True)]


def page(command, path, version):
    title = "-".join(path)
    arguments = shown(command.get("arguments"))
    commands = [each for each in shown(command.get("subcommands")) if each["commandName"] != "help"]
    lines = [
        f'.TH "{text(title.upper())}" 1 "" "{text(f"chimera-gate {version}".strip())}" ""',
        ".SH NAME",
        f"{text(title)} \\- {text(command.get('abstract', ''))}",
        ".SH SYNOPSIS",
        f"\\fB{text(' '.join(path))}\\fR" + (" \\fIcommand\\fR" if commands else "") + " [\\fIoptions\\fR]"
        + "".join(" " + heading(each) for each in arguments if each["kind"] == "positional"),
    ]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", *paragraphs(command["discussion"])]
    if arguments:
        lines.append(".SH OPTIONS")
        for argument in arguments:
            lines += [".TP", heading(argument), text(explanation(argument)) or "\\&"]
    if commands:
        lines.append(".SH COMMANDS")
        for each in commands:
            lines += [".TP", f"\\fB{text('-'.join([*path, each['commandName']]))}\\fR(1)", text(each.get("abstract", ""))]
    others = [path[:depth] for depth in range(1, len(path))]
    if others:
        lines += [".SH SEE ALSO", ", ".join(f"\\fB{text('-'.join(other))}\\fR(1)" for other in others)]
    return title, "\n".join(lines) + "\n"


def pages(command, path, version):
    yield page(command, path, version)
    for each in shown(command.get("subcommands")):
        if each["commandName"] != "help":
            yield from pages(each, [*path, each["commandName"]], version)


def main():
    folder = sys.argv[1]
    version = sys.argv[2] if len(sys.argv) > 2 else ""
    command = json.load(sys.stdin)["command"]
    os.makedirs(folder, exist_ok=True)
    for title, content in pages(command, [command["commandName"]], version):
        with open(os.path.join(folder, f"{title}.1"), "w", encoding="utf-8") as file:
            file.write(content)


if __name__ == "__main__":
    main()
