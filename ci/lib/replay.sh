# Serves the recorded session of the sample while a script runs. Sourced by the scripts of ci/.
# shellcheck shell=bash

# Where the server listens once it was started; it takes a free port, so that nothing else can be in its way.
replay_url=
# Ten times as fast as recorded: a session takes seconds. Sessions at different speeds do not compare.
replay_speed=10
replay_process=

# start_replay BINARY RECORDING LOG [OPTION...]: returns when the server listens.
start_replay() {
    local binary=$1 recording=$2 log=$3
    shift 3
    mkdir -p "$(dirname "$log")"
    : >"$log"
    "$binary" replay "$recording" --port 0 --speed "$replay_speed" "$@" >"$log" 2>&1 &
    replay_process=$!
    local attempts=200
    until grep -q '^listening on ' "$log"; do
        if ! kill -0 "$replay_process" 2>/dev/null || ((--attempts == 0)); then
            echo "the replay server does not listen; it says:" >&2
            cat "$log" >&2
            stop_replay
            return 69
        fi
        sleep 0.05
    done
    replay_url=$(sed -n 's/^listening on //p' "$log")
}

stop_replay() {
    [[ -n "$replay_process" ]] || return 0
    kill "$replay_process" 2>/dev/null || true
    wait "$replay_process" 2>/dev/null || true
    replay_process=
}
