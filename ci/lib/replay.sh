# Serves the recorded session of the sample while a script runs. Sourced by the scripts of ci/.
# shellcheck shell=bash

# The port of ci/sample/replay.yml.
replay_port=18111
# Ten times as fast as recorded: a session takes seconds. Sessions at different speeds do not compare.
replay_speed=10
replay_process=

# start_replay BINARY RECORDING LOG [OPTION...]: returns when the server listens.
start_replay() {
    local binary=$1 recording=$2 log=$3
    shift 3
    mkdir -p "$(dirname "$log")"
    "$binary" replay "$recording" --port "$replay_port" --speed "$replay_speed" "$@" >"$log" 2>&1 &
    replay_process=$!
    local attempts=200
    until grep -q '^listening on ' "$log"; do
        if ! kill -0 "$replay_process" 2>/dev/null || ((--attempts == 0)); then
            echo "the replay server does not listen on port $replay_port; it says:" >&2
            cat "$log" >&2
            stop_replay
            return 69
        fi
        sleep 0.05
    done
}

stop_replay() {
    [[ -n "$replay_process" ]] || return 0
    kill "$replay_process" 2>/dev/null || true
    wait "$replay_process" 2>/dev/null || true
    replay_process=
}
