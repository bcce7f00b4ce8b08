#!/usr/bin/env bash
# Checks that a blank livret carries at least 99.5 % of the official text's words, in order (as the tool prints it).
# The official text is not part of the project: without it there is nothing to compare with, and this says so.
set -euo pipefail
tool="$(dirname "$0")/../../shared/tools/fidelity.py"
[ -f "$tool" ] || { echo "fidelity: official text not at hand, skipped"; exit 0; }
report=$(python3 "$tool" "$1" --missing) || { echo "$report"; exit 1; }
echo "$report"
share=$(sed -n 's/.*in order: \([0-9.]*\)%.*/\1/p' <<<"$report")
awk -v share="$share" 'BEGIN { exit !(share >= 99.5) }' || { echo "fidelity: below 99.5 %"; exit 1; }
