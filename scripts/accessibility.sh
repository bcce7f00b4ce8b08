#!/usr/bin/env bash
# Checks every PDF below a folder with two independent PDF/UA checkers; any error fails.
#   accessibility.sh DIR
# The checkers come from PyPI, into an environment of their own below target/.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1 checkers=target/checkers
if [ ! -x "$checkers/bin/outloud" ]; then
  python3 -m venv "$checkers"
  "$checkers/bin/pip" install --quiet --disable-pip-version-check pdfua==0.1.3 outloud==0.2.1
fi
count=0 failed=0
while IFS= read -r pdf; do
  count=$((count + 1))
  for check in "pdfua check --min-severity error" outloud; do
    # outloud leaves 0 where there are warnings only; its errors are lines of their own.
    report=$("$checkers"/bin/$check "$pdf" 2>&1) || true
    if grep -qE "^ *ERROR|errors=[1-9]|^FAIL|Traceback" <<<"$report" || [ -z "$report" ]; then
      echo "== $pdf: $check"; echo "$report"; failed=$((failed + 1))
    fi
  done
done < <(find "$folder" -name '*.pdf' | sort)
echo "accessibility: $count PDFs, $failed failed checks"
[ "$count" -gt 0 ] && [ "$failed" -eq 0 ]
