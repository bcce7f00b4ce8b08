#!/usr/bin/env bash
# Checks every PDF below some folders: that an independent PDF/UA checker finds no error, that a validator of both
# standards passes it as PDF/A-2a and PDF/UA-1, and, where LIVRET_VERAPDF names a command, that veraPDF does too. The
# sample's (folder `sample`) are looked at by outloud as well, which guesses beyond the standards: bandeaux and tables of
# few rows are torn headers to it.
#   [LIVRET_VERAPDF=COMMAND] accessibility.sh DIR…
# COMMAND takes files and leaves 0 if all of them are valid, for all standards that it was told to check; it may be several
# words. checkers.sh installs the other checkers.
set -euo pipefail
cd "$(dirname "$0")/.."
checkers=target/checkers
scripts/checkers.sh pdf
mapfile -t pdfs < <(find "$@" -name '*.pdf' | sort)
failed=0
for pdf in "${pdfs[@]}"; do
  checks=("pdfua check --min-severity error")
  [[ $pdf == */sample/* ]] && checks+=(outloud)
  for check in "${checks[@]}"; do
    # outloud leaves 0 where there are warnings only; its errors are lines of their own.
    report=$("$checkers"/bin/$check "$pdf" 2>&1) || true
    if grep -qE "^ *ERROR|errors=[1-9]|^FAIL|Traceback" <<<"$report" || [ -z "$report" ]; then
      echo "== $pdf: $check"; echo "$report"; failed=$((failed + 1))
    fi
  done
done
"$checkers/bin/python" scripts/archives.py "${pdfs[@]}" || failed=$((failed + 1))
if [ -n "${LIVRET_VERAPDF:-}" ]; then
  # shellcheck disable=SC2086
  $LIVRET_VERAPDF "${pdfs[@]}" >target/verapdf.log || { grep -v ^PASS target/verapdf.log; failed=$((failed + 1)); }
  tail -n 1 target/verapdf.log
fi
echo "accessibility: ${#pdfs[@]} PDFs, $failed failed checks"
[ "${#pdfs[@]}" -gt 0 ] && [ "$failed" -eq 0 ]
