# shellcheck shell=bash
# Shared by ./start, ./test and .ci/run: where things lie, how to speak, and the parts below lib/.
# The caller has set PROJECT to the absolute path of the project folder.

LOCAL="$PROJECT/.local"
PYTHON="$PROJECT/.venv/bin/python"
export LC_ALL=C.UTF-8

# One line per argument.
say() { printf '%s\n' "$@"; }

complain() { printf '%s\n' "$@" >&2; }

fail() {
    complain "Fehler: $1"
    shift
    local line
    for line in "$@"; do complain "        $line"; done
    exit 1
}

# A short name for this project folder, for things that must live outside of it.
project_hash() { printf '%s' "$PROJECT" | sha256sum | cut -c1-12; }

# What a caller's shell may carry that would change Python's or PostgreSQL's behaviour here.
clean_environment() {
    unset PYTHONDONTWRITEBYTECODE PYTHONHOME VIRTUAL_ENV DJANGO_SETTINGS_MODULE CDPATH
    if [[ -z ${DATABASE_URL:-} ]]; then
        unset PGHOST PGHOSTADDR PGPORT PGUSER PGPASSWORD PGPASSFILE PGDATABASE PGSERVICE PGOPTIONS
        unset PGDATA PGSSLMODE PGCLIENTENCODING PGTZ PGDATESTYLE PGAPPNAME
    fi
}

require_linux() {
    [[ $(uname -s) == Linux && -r /proc/self/stat ]] || fail \
        "Dieses Skript läuft unter Linux." \
        "Auf anderen Systemen: docker-compose.yml (siehe docs/deployment.md)."
}

# shellcheck source=scripts/lib/packages.sh
source "$PROJECT/scripts/lib/packages.sh"
# shellcheck source=scripts/lib/processes.sh
source "$PROJECT/scripts/lib/processes.sh"
# shellcheck source=scripts/lib/cluster.sh
source "$PROJECT/scripts/lib/cluster.sh"
