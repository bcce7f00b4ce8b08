#!/usr/bin/env bash
# Puts checkers from PyPI into an environment of their own below target/; none of them is part of the project.
#   checkers.sh pdf   two PDF/UA checkers, and a validator of PDF/A and PDF/UA
#   checkers.sh axe   axe-core (MPL 2.0), which a test runs in the pages: target/checkers/axe.min.js
set -euo pipefail
cd "$(dirname "$0")/.."
checkers=target/checkers
[ -x "$checkers/bin/pip" ] || python3 -m venv "$checkers"
install() { "$checkers/bin/pip" install --quiet --disable-pip-version-check "$@"; }
case $1 in
  pdf)
    [ -x "$checkers/bin/outloud" ] || install pdfua==0.1.3 outloud==0.2.1
    "$checkers/bin/python" -c "import page" 2>/dev/null || install page-validation==0.11.0 ;;
  axe)
    if [ ! -s "$checkers/axe.min.js" ]; then
      # This package is a wrapper for Playwright, and has the script in it; Playwright itself is not wanted.
      install --no-deps axe-playwright-python==0.1.8
      cp "$checkers"/lib/python3*/site-packages/axe_playwright_python/axe.min.js "$checkers/axe.min.js"
    fi ;;
  *) echo "checkers.sh: pdf or axe" >&2; exit 2 ;;
esac
