#!/usr/bin/env bash
# Checks every PDF below a folder with two independent PDF/UA checkers; any error fails.
#   accessibility.sh DIR
# checkers.sh installs the checkers.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1 checkers=target/checkers
scripts/checkers.sh pdf
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
