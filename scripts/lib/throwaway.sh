# shellcheck shell=bash
# A database that lives only as long as the caller, for ./test and .ci/run.

# Speed before safety: what is lost here was never meant to stay.
THROWAWAY_SETTINGS=(
    "fsync = off" "synchronous_commit = off" "full_page_writes = off"
    "wal_level = minimal" "max_wal_senders = 0" "max_wal_size = 4GB"
)
CHILD=

remove_throwaway() {
    local result=$?
    trap '' INT TERM HUP
    trap - EXIT
    end_child
    if [[ -n ${CLUSTER_HOME:-} ]]; then
        if [[ -f $CLUSTER_HOME/data/postmaster.pid ]]; then stop_cluster immediate; fi
        rm -rf "$CLUSTER_HOME"
    fi
    exit "$result"
}

# A suite that is told to stop gets Ctrl-C, so that it can close its browser; then time runs out.
end_child() {
    local tenths=150
    [[ -n $CHILD ]] || return 0
    kill -INT "$CHILD" 2>/dev/null
    while ((tenths-- > 0)) && start_ticks "$CHILD" >/dev/null; do sleep 0.1; done
    kill -KILL "$CHILD" 2>/dev/null
    wait "$CHILD" 2>/dev/null
}

# Exports DATABASE_URL: the caller's own, or that of a fresh cluster in a folder with a short path.
use_throwaway_database() {
    trap remove_throwaway EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    if [[ -n ${DATABASE_URL:-} ]]; then
        export DATABASE_URL
        return
    fi
    need_postgres
    choose_database_user
    CLUSTER_HOME=$(mktemp -d /tmp/sozialtest.XXXXXX) || fail "In /tmp lässt sich kein Ordner anlegen."
    if [[ $EUID -eq 0 ]]; then chown "$DB_USER:" "$CLUSTER_HOME"; fi
    choose_socket_folder
    initialise_cluster --no-sync
    start_cluster "${THROWAWAY_SETTINGS[@]}"
    create_database || fail "Die Testdatenbank ließ sich nicht einrichten (siehe oben)."
    DATABASE_URL=$(cluster_url)
    export DATABASE_URL
}

# Installs all that the tests need: Debian's Chromium for those in the browser, gettext for the translations,
# poppler to look at printed pages.
need_test_programs() { # PYTEST-ARGUMENT...
    local missing=()
    command -v msgfmt >/dev/null || missing+=(gettext)
    command -v pdftoppm >/dev/null || missing+=(poppler-utils)
    if [[ "$*" != *"not browser"* ]] && ! find_browser; then
        missing+=("$(browser_package)")
        can_install || complain "Ohne Chromium geht es auch, nur ohne Tests im Browser: ./test -m 'not browser'"
    fi
    need_programs "${missing[@]}"
}

# Two packages hold the same engine; the one without windows needs half the processor's time.
BROWSERS=(/usr/bin/chromium-headless-shell /usr/bin/chromium)

find_browser() {
    local candidate
    if [[ -n ${CHROMIUM:-} ]]; then
        [[ -x $CHROMIUM ]]
        return
    fi
    for candidate in "${BROWSERS[@]}"; do [[ -x $candidate ]] && return 0; done
    return 1
}

browser_package() {
    if can_install && ! apt-cache show chromium >/dev/null 2>&1; then apt-get update -qq >/dev/null || true; fi
    if command -v apt-cache >/dev/null && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
        printf '%s\n' chromium-headless-shell
    else
        printf '%s\n' chromium
    fi
}

# The office programs that read what the portal writes: only for ./test --with-office, as they are large.
OFFICE_PACKAGES=(libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation)

need_office() {
    command -v soffice >/dev/null || need_packages "LibreOffice" "${OFFICE_PACKAGES[@]}"
    command -v soffice >/dev/null || fail "LibreOffice (soffice) ist auch nach der Installation nicht zu finden."
    export WITH_OFFICE=1
}

# Runs in the background, so that a signal to the caller is answered at once, yet with keyboard and Ctrl-C.
run_to_the_end() {
    local result
    env --default-signal=INT,QUIT -- "$@" <&0 &
    CHILD=$!
    # On Ctrl-C the child has heard it too: let it finish its own report first.
    trap : INT
    wait "$CHILD"
    result=$?
    while start_ticks "$CHILD" >/dev/null; do
        wait "$CHILD"
        result=$?
    done
    # Interrupted while it ended: ask once more for its own result.
    if ((result == 130)) && wait "$CHILD" 2>/dev/null; then result=0; fi
    CHILD=
    return "$result"
}
