# Steps that say what they do, how far they are and how long they took. Sourced by the scripts of ci/.
# shellcheck shell=bash

# Where the whole output of each step is kept; the script that sources this sets it.
: "${step_logs:?}"

# step NAME COMMAND [ARGUMENT...]
# Runs the command with its output in a log. Says every ten seconds how far the log is, and on failure shows
# the log's end without progress, as many lines as step_tail says, and the errors once more.
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
            grep -av '^\[[0-9]*/[0-9]*\] ' "$log" | tail -n "${step_tail:-100}" || true
            grep -a 'error:' "$log" | sort -u | head -n 20 || true
            echo "FAILED: $name, with status $status after $((SECONDS - started)) s. The whole output: ${log#"$PWD"/}"
        } >&2
        return "$status"
    fi
    echo "   $((SECONDS - started)) s"
}

# tick LOG: every ten seconds the log's last line but one (the last may be half written), cut to a terminal's width.
tick() {
    local started=$SECONDS
    while every_ten_seconds; do
        printf '   %4d s  %s\n' "$((SECONDS - started))" "$(tail -n 2 "$1" | head -n 1 | tr -d '\r\033' | cut -c 1-100)"
    done
}

# count_seconds: every ten seconds how long it has been.
count_seconds() {
    local started=$SECONDS
    while every_ten_seconds; do printf '   %4d s\n' "$((SECONDS - started))"; done
}

# For loops in the background: true every ten seconds while the script runs, however it ends. The sleep holds no pipe of
# ours, for it outlives the loop.
every_ten_seconds() { sleep 10 >/dev/null 2>&1 && kill -0 "$$" 2>/dev/null; }
