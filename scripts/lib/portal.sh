# shellcheck shell=bash
# What ./start does: prepare, serve until told to stop, clean up. Uses PORT and YES of the caller.

RUNNING=

open_local_folder() {
    if ! mkdir -p "$RUN" 2>/dev/null || [[ ! -w $RUN || ! -w $LOCAL ]]; then
        fail "Der Ordner $LOCAL ist nicht beschreibbar (gehört $(stat -c %U "$LOCAL" 2>/dev/null))." \
            "Bitte als dieser Benutzer starten."
    fi
    chmod 755 "$LOCAL"
    chmod 700 "$RUN"
}

# One portal per project folder; the lock falls with the process, however it ends.
take_lock() {
    exec 9>>"$RUN/lock"
    flock -n 9 && return 0
    local url=
    { url=$(<"$RUN/url"); } 2>/dev/null
    fail "Das Portal läuft schon${url:+: $url}" "Beenden: ./start --stop"
}

check_port() {
    port_answers "$PORT" || return 0
    local other
    other=$(free_port_above "$PORT") || other=N
    fail "Auf Port $PORT antwortet schon ein anderes Programm." "Anderer Port: ./start --port $other"
}

secret_key() {
    if [[ ! -s $LOCAL/secret-key ]]; then
        (umask 077 && head -c 48 /dev/urandom | base64 -w 0 >"$LOCAL/secret-key")
    fi
    cat "$LOCAL/secret-key"
}

clean_up() {
    local result=$?
    trap '' INT TERM HUP
    trap - EXIT
    [[ -n $RUNNING ]] && say "" "Beende das Portal ..."
    stop_process schedule 10
    stop_process worker 10
    stop_process web 10
    if [[ -n ${CLUSTER_HOME:-} && -n ${PG_BIN:-} ]]; then stop_cluster fast; fi
    rm -f "$RUN/url" "$RUN/database-url" "$RUN/portal"
    [[ -n $RUNNING ]] && say "Beendet. Alle Daten sind erhalten."
    exit "$result"
}

end_on_signals() {
    trap clean_up EXIT
    # Ctrl-C is the normal end of a running portal and an interruption of an unfinished one.
    trap 'exit $(( ${RUNNING:-0} ? 0 : 130 ))' INT
    trap 'exit $(( ${RUNNING:-0} ? 0 : 143 ))' TERM HUP
}

use_private_cluster() {
    if [[ -f $LOCAL/postgres/data/PG_VERSION ]]; then WANTED_PG=$(<"$LOCAL/postgres/data/PG_VERSION"); fi
    need_postgres
    choose_database_user
    choose_cluster_home
    if [[ -f $CLUSTER_HOME/data/PG_VERSION && $(<"$CLUSTER_HOME/data/PG_VERSION") != "${WANTED_PG:-}" ]]; then
        WANTED_PG=$(<"$CLUSTER_HOME/data/PG_VERSION")
        need_postgres
    fi
    choose_socket_folder
    if [[ ! -f $CLUSTER_HOME/data/PG_VERSION ]]; then
        say "Lege die private Datenbank an: $CLUSTER_HOME"
        initialise_cluster
    fi
    start_cluster
    create_database || fail "Die Datenbank ließ sich nicht einrichten (siehe oben)."
    DATABASE_URL=$(cluster_url)
    # For manage.py in another window (dortmund_sozial/settings/development.py).
    printf '%s\n' "$DATABASE_URL" >"$RUN/database-url"
    PREPARE_OPTIONS=(--admin-password-file "$RUN/admin-password")
}

start_web() {
    detached env BIND="127.0.0.1:$PORT" "$PYTHON" -m gunicorn --config "$PROJECT/deploy/gunicorn.conf.py" \
        dortmund_sozial.wsgi:application </dev/null >"$RUN/web.log" 2>&1 9>&- &
    WEB_PID=$!
    record_process web "$WEB_PID"
}

start_worker() {
    detached "$PYTHON" "$PROJECT/manage.py" db_worker </dev/null >>"$RUN/worker.log" 2>&1 9>&- &
    WORKER_PID=$!
    record_process worker "$WORKER_PID"
}

start_schedule() {
    detached "$PYTHON" "$PROJECT/manage.py" run_schedule </dev/null >>"$RUN/schedule.log" 2>&1 9>&- &
    SCHEDULE_PID=$!
    record_process schedule "$SCHEDULE_PID"
}

web_failed() {
    complain "Das Portal antwortet nicht${1:+ ($1)}. Ende von $RUN/web.log:"
    tail -n 20 "$RUN/web.log" >&2
    exit 1
}

# Ready means: the database answers and the start page comes, both from our own server.
wait_until_it_answers() {
    local tenths=600 status=
    while ((tenths-- > 0)); do
        recorded_process web >/dev/null || web_failed "der Server ist beendet"
        if status=$(http_status "$PORT" /gesund/); then break; fi
        sleep 0.1
    done
    [[ $status == 200 ]] || web_failed "/gesund/: ${status:-nichts}"
    status=$(http_status "$PORT" /)
    [[ $status == 200 ]] || web_failed "Startseite: ${status:-nichts}"
}

announce() {
    say "" "Das Portal läuft:  $URL" ""
    if [[ -s $RUN/admin-password ]]; then
        say "Verwaltung:        ${URL}verwaltung/" "Benutzer admin, Passwort $(<"$RUN/admin-password")" \
            "(wird nur dieses eine Mal gezeigt; ändern: .venv/bin/python manage.py changepassword admin)" ""
        rm -f "$RUN/admin-password"
    elif [[ -z ${CLUSTER_HOME:-} ]]; then
        say "Benutzt wird die Datenbank aus DATABASE_URL; ein Konto wurde nicht angelegt." \
            "Konto anlegen:     DATABASE_URL=... .venv/bin/python manage.py createsuperuser" ""
    fi
    say "Beenden mit Strg-C."
}

# Lasts until a signal, or until the server ends by itself. A worker or a schedule that ends is started again.
keep_running() {
    while true; do
        wait -n "$WEB_PID" "$WORKER_PID" "$SCHEDULE_PID"
        recorded_process web >/dev/null || web_failed "der Server ist beendet"
        if ! recorded_process worker >/dev/null; then
            complain "Der Hintergrundprozess ist beendet ($RUN/worker.log); er startet in 5 Sekunden neu."
            sleep 5
            start_worker
        fi
        if ! recorded_process schedule >/dev/null; then
            complain "Der Zeitplan ist beendet ($RUN/schedule.log); er startet in 5 Sekunden neu."
            sleep 5
            start_schedule
        fi
    done
}

serve_portal() {
    PREPARE_OPTIONS=()
    open_local_folder
    take_lock
    end_on_signals
    record_process portal $$
    stop_leftovers
    check_port
    cd "$PROJECT" || exit 1
    URL="http://127.0.0.1:$PORT/"
    printf '%s\n' "$URL" >"$RUN/url"
    need_programs
    if [[ -z ${DATABASE_URL:-} ]]; then use_private_cluster; fi
    sync_python --no-dev --inexact
    compile_translations
    SECRET_KEY=${SECRET_KEY:-$(secret_key)}
    export DATABASE_URL SECRET_KEY DJANGO_SETTINGS_MODULE=dortmund_sozial.settings.development
    "$PYTHON" manage.py prepare_portal "${PREPARE_OPTIONS[@]}" 9>&- ||
        fail "Das Portal ließ sich nicht vorbereiten (siehe oben)."
    start_web
    wait_until_it_answers
    : >"$RUN/worker.log"
    start_worker
    : >"$RUN/schedule.log"
    start_schedule
    RUNNING=1
    announce
    keep_running
}
