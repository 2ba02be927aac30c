# shellcheck shell=bash
# Getting what is missing: Debian packages (only as root), uv, the locked Python packages.

APT_OPTIONS=(-y --no-install-recommends -o DPkg::Lock::Timeout=120)

can_install() { [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; }

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    if ! apt-cache show "$@" >/dev/null 2>&1; then
        apt-get update -qq >/dev/null || return 1
    fi
    # The lists may be older than the mirror: fetch them and try once more.
    apt-get install -qq "${APT_OPTIONS[@]}" "$@" </dev/null >/dev/null 2>&1 && return 0
    apt-get update -qq >/dev/null && apt-get install -qq "${APT_OPTIONS[@]}" "$@" </dev/null >/dev/null
}

# need_packages PURPOSE PACKAGE...: installs them, or names the line to run and ends.
need_packages() {
    local purpose=$1
    shift
    if can_install; then
        say "Installiere $purpose: $* ..."
        apt_install "$@" && return 0
        fail "Installation fehlgeschlagen. Bitte von Hand:" \
            "apt-get update && apt-get install ${APT_OPTIONS[*]:0:2} $*"
    fi
    if command -v apt-get >/dev/null; then
        fail "Es fehlt: $purpose ($*). Bitte einmal ausführen und dann neu starten:" \
            "sudo apt-get update && sudo apt-get install ${APT_OPTIONS[*]:0:2} $*"
    fi
    fail "Es fehlt: $purpose. Auf Debian/Ubuntu heißen die Pakete: $*." \
        "Mit den Paketen Ihres Systems nachinstallieren oder docker-compose.yml benutzen."
}

# Debian creates and starts a system-wide cluster when a server is installed; the portal needs none.
# A drop-in file says so during our installation only; clusters that exist are left alone.
without_system_cluster() {
    local drop_in=/etc/postgresql-common/createcluster.d/zz-sozialportal.conf
    (
        if can_install; then
            mkdir -p "$(dirname "$drop_in")"
            echo "create_main_cluster = false" >"$drop_in"
            # shellcheck disable=SC2064
            trap "rm -f '$drop_in'" EXIT
        fi
        "$@"
    ) || exit $?
}

# Sets PG_BIN to the newest server binaries that come with PostGIS and btree_gist.
find_postgres() {
    local initdb bin share newest=0 version
    PG_BIN=
    for initdb in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
        [[ -x $initdb ]] || continue
        bin=$(dirname "$(readlink -f "$initdb")")
        [[ -x $bin/pg_ctl && -x $bin/psql ]] || continue
        version=$("$initdb" --version | grep -oE '[0-9]+' | head -n 1)
        share=$("$bin/pg_config" --sharedir 2>/dev/null) || share=/usr/share/postgresql/$version
        [[ -f $share/extension/postgis.control && -f $share/extension/btree_gist.control ]] || continue
        # Data that exists needs the version that made it.
        [[ -z ${WANTED_PG:-} || $version == "$WANTED_PG" ]] || continue
        if ((version > newest)); then
            newest=$version
            PG_BIN=$bin
        fi
    done
    [[ -n $PG_BIN ]]
}

postgis_package() {
    local found=
    if [[ -n ${WANTED_PG:-} ]]; then
        printf 'postgresql-%s-postgis-3\n' "$WANTED_PG"
        return
    fi
    if can_install && ! apt-cache show postgresql-15-postgis-3 >/dev/null 2>&1; then
        apt-get update -qq >/dev/null || true
    fi
    if command -v apt-cache >/dev/null; then
        found=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | cut -d' ' -f1 | sort -V | tail -n 1)
    fi
    printf '%s\n' "${found:-postgresql-15-postgis-3}"
}

need_postgres() {
    find_postgres && return 0
    without_system_cluster need_packages "PostgreSQL mit PostGIS" "$(postgis_package)"
    find_postgres || fail "PostgreSQL mit PostGIS ist auch nach der Installation nicht zu finden."
}

uv_can_be_fetched() {
    find_uv || command -v pipx >/dev/null || python3 -c 'import ensurepip, venv' 2>/dev/null
}

# Reports are printed to PDF by WeasyPrint, which sets type with these libraries.
PANGO_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)

has_pango() {
    local listed library
    listed=$({ ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null)
    for library in libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do
        [[ $listed == *"$library"* ]] || return 1
    done
}

# need_programs [PACKAGE...]: all that is missing in one go, as asking apt once is seconds faster than twice.
need_programs() {
    local packages=("$@")
    if [[ -z ${DATABASE_URL:-} ]] && ! find_postgres; then packages+=("$(postgis_package)"); fi
    has_pango || packages+=("${PANGO_PACKAGES[@]}")
    uv_can_be_fetched || packages+=(python3 python3-venv ca-certificates)
    ((${#packages[@]})) || return 0
    without_system_cluster need_packages "Programme" "${packages[@]}"
}

find_uv() {
    local candidate
    for candidate in "$(command -v uv || true)" "${HOME:-/nonexistent}/.local/bin/uv" "$LOCAL/uv/bin/uv"; do
        # A shim without its program answers --version with an error.
        if [[ -n $candidate && -x $candidate ]] && "$candidate" --version >/dev/null 2>&1; then
            UV=$candidate
            return 0
        fi
    done
    return 1
}

# uv comes into an environment of its own: allowed everywhere, also where Debian guards its Python (PEP 668).
install_uv_privately() {
    rm -rf "$LOCAL/uv"
    python3 -m venv "$LOCAL/uv" >/dev/null 2>&1 && "$LOCAL/uv/bin/python" -m pip install --quiet uv
}

need_uv() {
    find_uv && return 0
    say "Hole uv (Paketverwaltung für Python) ..."
    if command -v python3 >/dev/null; then
        if install_uv_privately && find_uv; then return 0; fi
        if command -v pipx >/dev/null && pipx install uv >/dev/null 2>&1 && find_uv; then return 0; fi
        if python3 -m pip install --user --quiet uv >/dev/null 2>&1 && find_uv; then return 0; fi
    fi
    need_packages "Python mit venv" python3 python3-venv ca-certificates
    if install_uv_privately && find_uv; then return 0; fi
    fail "uv ließ sich nicht holen (Paketquelle nicht erreichbar?)." \
        "Von Hand: https://docs.astral.sh/uv/getting-started/installation/"
}

# sync_python [OPTION...]: the locked packages in .venv; asks the network only when something is missing.
sync_python() {
    need_uv
    local options=(sync --locked --quiet --project "$PROJECT" "$@")
    if [[ -x $PYTHON ]] && "$UV" "${options[@]}" --offline >/dev/null 2>&1; then return 0; fi
    say "Hole die Python-Pakete (uv.lock) ..."
    "$UV" "${options[@]}" || fail "Die Python-Pakete ließen sich nicht holen (siehe oben)."
}

# Compiled translations are not in the repository; a run that finds them fresh costs nothing.
compile_translations() {
    local po
    for po in "$PROJECT"/locale/*/LC_MESSAGES/*.po; do
        if [[ -f $po && ! ${po%.po}.mo -nt $po ]]; then
            "$PYTHON" "$PROJECT/scripts/compile_translations.py" || fail "Die Übersetzungen sind fehlerhaft."
            return 0
        fi
    done
}
