# shellcheck shell=bash
# A private PostgreSQL cluster: reached through a socket only, no TCP port, owned by one unprivileged user.

DATABASE=dortmund_sozial
SOCKET_PATH_MAX=100 # bytes, with the file name; the kernel allows 107

# PostgreSQL refuses to run as root; then the package's own user runs it.
choose_database_user() {
    DB_USER=$(id -un)
    if [[ $EUID -eq 0 ]]; then
        DB_USER=postgres
        id -u "$DB_USER" >/dev/null 2>&1 || fail "Den Benutzer postgres gibt es nicht; er kommt mit dem Paket postgresql."
    fi
}

# From "/", because the caller's folder may be closed to that user.
as_database_user() {
    if [[ $EUID -ne 0 ]]; then
        (cd / && exec "$@")
    elif command -v setpriv >/dev/null; then
        (cd / && exec setpriv --reuid="$DB_USER" --regid="$(id -g "$DB_USER")" --init-groups -- "$@")
    else
        (cd / && exec runuser -u "$DB_USER" -- "$@")
    fi
}

# Can the database user keep a closed folder here? (Not below a 0700 folder, nor on a disk without owners.)
usable_for_cluster() {
    mkdir -p "$1" 2>/dev/null || return 1
    chmod 700 "$1" 2>/dev/null || return 1
    if [[ $EUID -eq 0 ]]; then chown "$DB_USER:" "$1" 2>/dev/null || return 1; fi
    # shellcheck disable=SC2016
    if [[ $(stat -c '%a %U' "$1") == "700 $DB_USER" ]] &&
        as_database_user sh -c 'cd "$1" && : >probe && rm probe' sh "$1" 2>/dev/null; then
        return 0
    fi
    rmdir "$1" 2>/dev/null
    return 1
}

# Where the data lies: in the project, or outside when the database user cannot get there.
choose_cluster_home() {
    local inside="$LOCAL/postgres" outside
    outside=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/sozialportal/$(project_hash)
    if [[ $EUID -eq 0 ]]; then outside=/var/lib/sozialportal/$(project_hash); fi
    for CLUSTER_HOME in "$inside" "$outside"; do
        if [[ -f $CLUSTER_HOME/data/PG_VERSION ]]; then
            # Data of an ordinary user, now started by root: it stays that user's.
            if [[ $EUID -eq 0 ]]; then DB_USER=$(stat -c %U "$CLUSTER_HOME/data"); fi
            return 0
        fi
    done
    for CLUSTER_HOME in "$inside" "$outside"; do
        usable_for_cluster "$CLUSTER_HOME" && return 0
    done
    fail "Kein Ordner für die Datenbank: weder $inside noch $outside ist für $DB_USER benutzbar."
}

choose_socket_folder() {
    SOCKET_FOLDER=$CLUSTER_HOME/socket
    local LC_ALL=C path="$CLUSTER_HOME/socket/.s.PGSQL.5432"
    if ((${#path} > SOCKET_PATH_MAX)); then
        SOCKET_FOLDER=/tmp/sozialportal-$(id -u "$DB_USER")-$(project_hash)
    fi
    as_database_user mkdir -p -m 700 "$SOCKET_FOLDER" || fail "Kein Ordner für die Verbindung: $SOCKET_FOLDER"
    [[ ! -L $SOCKET_FOLDER && $(stat -c '%a %U' "$SOCKET_FOLDER") == "700 $DB_USER" ]] ||
        fail "Der Ordner $SOCKET_FOLDER gehört nicht $DB_USER; bitte prüfen und entfernen."
}

# initialise_cluster: an empty cluster that appears at once or not at all.
initialise_cluster() {
    local fresh=$CLUSTER_HOME/data.new
    as_database_user rm -rf "$fresh"
    as_database_user "$PG_BIN/initdb" --pgdata="$fresh" --username=postgres --auth-local=trust --auth-host=reject \
        --encoding=UTF8 --locale=C.UTF-8 "$@" >/dev/null || fail "Die Datenbank ließ sich nicht anlegen (initdb)."
    # shellcheck disable=SC2016
    as_database_user sh -c 'echo "include_if_exists = '\''sozialportal.conf'\''" >>"$1/postgresql.conf" && mv "$1" "$2"' \
        sh "$fresh" "$CLUSTER_HOME/data"
}

# Written at every start, because the project folder may have moved.
write_cluster_settings() {
    {
        printf "listen_addresses = ''\nunix_socket_permissions = 0700\n"
        printf "unix_socket_directories = '%s'\n" "${SOCKET_FOLDER//\'/\'\'}"
        printf 'max_connections = 50\nshared_buffers = 64MB\njit = off\n'
        if (($#)); then printf '%s\n' "$@"; fi
    } | as_database_user tee "$CLUSTER_HOME/data/sozialportal.conf" >/dev/null
}

cluster_control() {
    as_database_user "$PG_BIN/pg_ctl" --pgdata="$CLUSTER_HOME/data" --silent "$@"
}

cluster_runs() { cluster_control status >/dev/null 2>&1; }

# start_cluster [SETTING...]: a cluster that still runs from a killed start is simply used on.
start_cluster() {
    cluster_runs && return 0
    write_cluster_settings "$@"
    cluster_control --log="$CLUSTER_HOME/postgres.log" --wait --timeout=60 start 9>&- </dev/null >/dev/null && return 0
    complain "Die Datenbank startet nicht. Ende ihres Protokolls ($CLUSTER_HOME/postgres.log):"
    as_database_user tail -n 15 "$CLUSTER_HOME/postgres.log" >&2
    exit 1
}

stop_cluster() { # MODE (fast, immediate)
    if cluster_runs; then cluster_control --mode="$1" --wait --timeout=60 stop; fi
    if [[ $SOCKET_FOLDER != "$CLUSTER_HOME"/* ]]; then as_database_user rmdir "$SOCKET_FOLDER" 2>/dev/null; fi
    return 0
}

run_sql() { # DATABASE SQL
    as_database_user "$PG_BIN/psql" --no-psqlrc -qAt -v ON_ERROR_STOP=1 -h "$SOCKET_FOLDER" -U postgres -d "$1" -c "$2"
}

# Every database made in the cluster inherits the extensions from template1.
prepare_template() {
    run_sql template1 "SET client_min_messages = warning;
        CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION IF NOT EXISTS btree_gist"
}

create_database() {
    [[ $(run_sql template1 "SELECT count(*) FROM pg_database WHERE datname = '$DATABASE'") == 1 ]] && return 0
    prepare_template && run_sql template1 "CREATE DATABASE $DATABASE"
}

url_quoted() {
    local LC_ALL=C character i
    for ((i = 0; i < ${#1}; i++)); do
        character=${1:i:1}
        case $character in
            [a-zA-Z0-9._~-]) printf '%s' "$character" ;;
            *) printf '%%%02X' "$(($(printf '%d' "'$character") & 255))" ;;
        esac
    done
}

cluster_url() { printf 'postgis://postgres@%s/%s\n' "$(url_quoted "$SOCKET_FOLDER")" "$DATABASE"; }
