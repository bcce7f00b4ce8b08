#!/usr/bin/env bash
# Installs what is missing, without asking anything.
#   setup.sh build   what building and printing needs: a linker, Chrome
#   setup.sh test    and what the tests need: formatter, linter, PDF tools, Python with venv
#   setup.sh accessibility   what the accessibility checkers need
# As root it installs; as another user it tries sudo, or says what to install.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
need() { # need COMMAND PACKAGE
  command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}

has_chrome() {
  local name
  for name in chromium-headless-shell chrome-headless-shell chromium chromium-browser google-chrome google-chrome-stable chrome; do
    command -v "$name" >/dev/null 2>&1 && return
  done
  [ -d "/Applications/Google Chrome.app" ] || [ -d "/Applications/Chromium.app" ]
}

command -v cargo >/dev/null 2>&1 || { echo "Rust is missing: see https://rustup.rs, or your system's packages cargo and rustc." >&2; exit 2; }
need cc gcc
has_chrome || missing+=(chromium-headless-shell)
if [ "${1:-build}" = test ]; then
  need pdftotext poppler-utils
  for part in fmt clippy; do
    cargo $part --version >/dev/null 2>&1 && continue
    if command -v rustup >/dev/null 2>&1; then
      rustup component add "${part/fmt/rustfmt}"
    else
      missing+=("${part/fmt/rustfmt}")
    fi
  done
  missing=("${missing[@]/#clippy/rust-clippy}")
fi
if [ "${1:-build}" != build ]; then
  need python3 python3
  python3 -c "import ensurepip" >/dev/null 2>&1 || missing+=(python3-venv)
fi
[ "${#missing[@]}" -gt 0 ] || exit 0

say() {
  echo "Please install: ${missing[*]}" >&2
  echo "  Debian, Ubuntu: sudo apt-get install ${missing[*]}" >&2
  echo "  elsewhere: the packages of the same programs; any Chrome or Chromium from version 131 will do" >&2
  exit 2
}
command -v apt-get >/dev/null 2>&1 || say
if [ "$(id -u)" = 0 ]; then
  run=(env)
elif sudo -n true 2>/dev/null; then
  run=(sudo -n env)
else
  say
fi
echo "Installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
quiet=$(mktemp)
trap 'rm -f "$quiet"' EXIT
apt() { "${run[@]}" DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null >"$quiet" 2>&1 || { cat "$quiet" >&2; return 1; }; }
# A fresh machine has no package lists yet, an old one may have stale ones.
apt update -qq || true
# Ubuntu and old Debian releases have no headless shell of their own.
if [[ " ${missing[*]} " == *" chromium-headless-shell "* ]] && ! apt-cache show chromium-headless-shell >/dev/null 2>&1; then
  missing=("${missing[@]/#chromium-headless-shell/chromium}")
fi
apt install -y -qq --no-install-recommends "${missing[@]}" || say
