# shellcheck shell=bash
# ./start --stop and ./start --reset: ending what this project started, and only that.

# Remains of a start that was killed: end them before anything new begins.
stop_leftovers() {
    stop_process schedule 5
    stop_process worker 5
    stop_process web 5
}

stop_portal() {
    local pid tenths=400
    if pid=$(recorded_process portal); then
        kill -TERM "$pid" || fail "Das Portal gehört einem anderen Benutzer (Prozess $pid)."
        while ((tenths-- > 0)) && recorded_process portal >/dev/null; do sleep 0.1; done
        recorded_process portal >/dev/null && fail "Das Portal (Prozess $pid) endet nicht."
        say "Beendet. Alle Daten sind erhalten."
        return 0
    fi
    local found="" name
    for name in web worker schedule; do
        if recorded_process "$name" >/dev/null; then found=1; fi
    done
    stop_leftovers
    if find_private_cluster && find_postgres && cluster_runs; then
        found=1
        stop_cluster fast
    fi
    rm -f "$RUN/url" "$RUN/database-url" "$RUN/portal"
    if [[ -n $found ]]; then say "Reste eines abgebrochenen Starts beendet."; else say "Das Portal läuft nicht."; fi
}

# Only looks: the cluster of this project, if there is one.
find_private_cluster() {
    [[ -z ${DATABASE_URL:-} ]] || return 1
    DB_USER=$(id -un)
    local home
    for home in "$LOCAL/postgres" "/var/lib/sozialportal/$(project_hash)" \
        "${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/sozialportal/$(project_hash)"; do
        [[ -f $home/data/PG_VERSION ]] || continue
        CLUSTER_HOME=$home
        # shellcheck disable=SC2034 # both are read in other files
        { DB_USER=$(stat -c %U "$home/data"); WANTED_PG=$(<"$home/data/PG_VERSION"); }
        choose_socket_folder
        return 0
    done
    return 1
}

reset_portal() {
    [[ -z ${DATABASE_URL:-} ]] || fail "--reset löscht nur die private Datenbank; DATABASE_URL zeigt auf eine andere."
    local answer=n
    if [[ -n $YES ]]; then
        answer=j
    elif [[ -t 0 ]]; then
        say "Die private Datenbank dieses Projekts wird gelöscht, mit allen Daten und Konten."
        read -r -p "Wirklich löschen? [j/N] " answer
    else
        fail "--reset fragt vorher und braucht dafür ein Terminal. Ohne Frage: ./start --reset --yes"
    fi
    [[ $answer == [jJyY]* ]] || fail "Nichts gelöscht."
    open_local_folder
    stop_portal
    take_lock
    if find_private_cluster; then rm -rf "$CLUSTER_HOME"; fi
    rm -rf "$LOCAL/postgres" "$RUN" "$LOCAL/secret-key"
    say "Gelöscht. Der nächste ./start beginnt von vorn."
}
