# Sourced by the scripts beside it: makes .venv and the built front-end, each again only when its sources changed.
# Bash 4 or later; the scripts that source it run with `set -euo pipefail`.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
STAMPS="$ROOT/.cache/stamps"
cd "$ROOT"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1
unset PYTHONDONTWRITEBYTECODE # each process would compile every package anew, ten seconds each time

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf '\033[31mCannot go on:\033[0m %s\n' "$*" >&2; exit 1; }

# stamped NAME HASH: has the step NAME been done for these sources?
stamped() { [ -f "$STAMPS/$1" ] && [ "$(cat "$STAMPS/$1")" = "$2" ]; }
stamp() { mkdir -p "$STAMPS"; printf '%s' "$2" > "$STAMPS/$1"; }
hash_of() { cat "$@" | sha256sum | cut -d' ' -f1; }

# as_root COMMAND…: run as root, directly or with sudo that asks for no password; 1 where neither is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

# debian PACKAGE…: install Debian packages where this machine and this person can; 1 where not.
debian() {
  command -v apt-get >/dev/null || return 1
  say "installing $* (Debian packages)"
  as_root apt-get update -qq >&2 || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null </dev/null || return 1
}

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      PYTHON="$(command -v "$name")"
      return
    fi
  done
  fail "Python 3.11 or newer is needed and none was found. Install it (Debian 12, Ubuntu 24.04: apt-get install python3 python3-venv) or name one: PYTHON=/path/to/python3.12."
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail "Node.js 20 or newer with npm is needed to build the pages. Install it (Debian 13, Ubuntu 25.04: apt-get install nodejs npm; elsewhere the vendor's package) and start again."
  local major
  major="$(node -p 'process.versions.node.split(".")[0]')"
  [ "$major" -ge 20 ] || fail "Node.js 20 or newer is needed; this is $(node --version). Install a newer one and start again."
}

install_uv() {
  if ! [ -x "$VENV/bin/python" ]; then
    find_python
    say "making .venv with $("$PYTHON" --version)"
    "$PYTHON" -m venv "$VENV" || { rm -rf "$VENV"; fail "Python could not make .venv. On Debian and Ubuntu: apt-get install python3-venv, then start again."; }
  fi
  "$VENV/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "The folder .venv was made with a Python older than 3.11. Remove it (rm -r .venv) and start again."
  local wanted
  wanted="$(hash_of infra/uv.lock) $(stat -c %i "$VENV")"
  if ! { [ -x "$VENV/bin/uv" ] && stamped uv "$wanted"; }; then
    say "installing uv, which installs the rest"
    "$VENV/bin/python" -m pip install --quiet --require-hashes -r infra/uv.lock ||
      fail "pip could not install uv. Is the Python package index reachable? The lines above say what it answered."
    stamp uv "$wanted"
  fi
}

# install_packages requirements.lock|requirements-dev.lock: the locked versions, each checked against its hash.
install_packages() {
  local wanted
  install_uv
  # The inode tells a .venv that was removed and made again.
  wanted="$(hash_of "$1" pyproject.toml) $(stat -c %i "$VENV")"
  stamped "$1" "$wanted" && return
  say "installing Python packages ($(grep -c == "$1") locked, hashes checked)"
  local uv=("$VENV/bin/uv" pip install --quiet --compile-bytecode --python "$VENV/bin/python")
  "${uv[@]}" --require-hashes -r "$1" ||
    fail "The Python packages could not be installed. The lines above say which; when the network failed, start again: what is there is kept."
  "${uv[@]}" --no-deps --no-build-isolation --no-index --editable . ||
    fail "joinder itself could not be installed into .venv; the lines above say why."
  stamp "$1" "$wanted"
}

install_frontend() {
  local wanted
  need_node
  wanted="$(hash_of frontend/package.json frontend/package-lock.json) $(node --version)"
  [ -d frontend/node_modules ] && stamped node_modules "$wanted" && return
  # not `npm ci`: it refuses a lock without other platforms' builds, which a registry may not have
  say "installing front-end packages as locked"
  (cd frontend && npm install --no-save --no-audit --no-fund --loglevel=error </dev/null >&2) ||
    fail "npm could not install the front-end's packages. When the network failed, start again; the lines above say what npm answered."
  stamp node_modules "$wanted"
}

frontend_sources() {
  find frontend \( -name node_modules -o -name dist -o -name generated \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
  sha256sum backend/schema.graphql
}

build_frontend() {
  local wanted
  install_frontend
  wanted="$(frontend_sources | sha256sum | cut -d' ' -f1)"
  [ -f frontend/dist/index.html ] && stamped frontend "$wanted" && return
  say "building the pages (npm run build)"
  (cd frontend && npm run --silent build </dev/null >&2) ||
    fail "The pages could not be built; the lines above say which file. A fresh clone of a released version builds."
  stamp frontend "$wanted"
}
