# Steps that say what they do, how far they are and how long they took. Sourced by the scripts of ci/.
# shellcheck shell=bash

# Where the whole output of each step is kept; the script that sources this sets it.
: "${step_logs:?}"

# step NAME COMMAND [ARGUMENT...]
# Runs the command with its output in a log. Says every ten seconds what the log's last line is, and on failure shows
# the log's end, as many lines as step_tail says.
step() {
    local name=$1 started=$SECONDS log status=0 ticker
    shift
    mkdir -p "$step_logs"
    log="$step_logs/${name//[^A-Za-z0-9]/-}.log"
    : >"$log"
    echo "== $name"
    tick "$log" &
    ticker=$!
    "$@" >"$log" 2>&1 || status=$?
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    if ((status != 0)); then
        {
            tail -n "${step_tail:-200}" "$log"
            echo "FAILED: $name, with status $status after $((SECONDS - started)) s. The whole output: ${log#"$PWD"/}"
        } >&2
        return "$status"
    fi
    echo "   $((SECONDS - started)) s"
}

# tick LOG: every ten seconds the log's last line, cut to the width of a terminal.
tick() {
    local started=$SECONDS
    # The sleep must hold no pipe of ours: it outlives the ticker by a few seconds.
    while sleep 10 >/dev/null 2>&1; do
        printf '   %4d s  %s\n' "$((SECONDS - started))" "$(tail -n 1 "$1" | tr -d '\r\033' | cut -c 1-100)"
    done
}

# count_seconds: every ten seconds how long it has been.
count_seconds() {
    local started=$SECONDS
    while sleep 10 >/dev/null 2>&1; do echo "   $((SECONDS - started)) s"; done
}
