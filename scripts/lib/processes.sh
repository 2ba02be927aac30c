# shellcheck shell=bash
# Processes we started, recorded so that nothing else can be mistaken for them.

RUN="$LOCAL/run"

# "start time since boot" of a process: with its number and the boot's id it names one process for good.
start_ticks() {
    local stat
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    stat=${stat##*) } # the name in brackets may hold spaces
    # shellcheck disable=SC2086
    set -- $stat
    [[ $1 != Z ]] && printf '%s\n' "${20}"
}

record_process() { # NAME PID
    local ticks
    ticks=$(start_ticks "$2") || return 0
    printf '%s %s %s\n' "$2" "$ticks" "$(</proc/sys/kernel/random/boot_id)" >"$RUN/$1"
}

# Prints the number of the process recorded as NAME if that very process still lives.
recorded_process() {
    local pid ticks boot
    { read -r pid ticks boot <"$RUN/$1"; } 2>/dev/null || return 1
    [[ $boot == "$(</proc/sys/kernel/random/boot_id)" && $(start_ticks "$pid") == "$ticks" ]] || return 1
    printf '%s\n' "$pid"
}

# stop_process NAME SECONDS: asks politely, then insists. Only ever touches the recorded process.
stop_process() {
    local pid tenths=$(($2 * 10))
    if pid=$(recorded_process "$1"); then
        kill -TERM "$pid" 2>/dev/null
        while ((tenths-- > 0)) && recorded_process "$1" >/dev/null; do sleep 0.1; done
        if recorded_process "$1" >/dev/null; then kill -KILL "$pid" 2>/dev/null; fi
    fi
    rm -f "$RUN/$1"
}

# Runs a command apart from the terminal: Ctrl-C reaches only the script, which then ends the command in order.
# If the script itself is killed, the kernel ends the command (pdeathsig).
detached() {
    if setpriv --pdeathsig TERM true 2>/dev/null; then
        exec setsid setpriv --pdeathsig TERM "$@"
    fi
    exec setsid "$@"
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# http_status PORT PATH: prints the three digits of the answer.
http_status() {
    local line
    line=$(
        exec 2>/dev/null
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$2" "$1" >&3
        IFS= read -r -t 20 line <&3 && printf '%s' "$line"
        # Read to the end, so that the server does not see a broken connection.
        cat <&3 >/dev/null
    ) || return 1
    [[ $line =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

free_port_above() {
    local port
    for ((port = $1 + 1; port < $1 + 100 && port < 65536; port++)); do
        if ! port_answers "$port"; then
            printf '%s\n' "$port"
            return 0
        fi
    done
    return 1
}
