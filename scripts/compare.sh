#!/usr/bin/env bash
# Runs two programs on the sample project, a new project, tests/autre-branche and every golden case, and shows where what
# they say or write differs, byte for byte: for changes of structure, which change nothing for anybody.
#
#   scripts/compare.sh OLD NEW [--pdf]
#
# Each is given the same sources, those of this checkout. Times and what is unsure by nature (the order in which workers
# are done, the record with the program's own fingerprint) are left aside.
set -euo pipefail
cd "$(dirname "$0")/.."
old=$(realpath "$1") new=$(realpath "$2") pdf=--no-pdf
[ "${3:-}" = --pdf ] && pdf=
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# project NAME: a folder for each program, filled by the command that follows, then `livret` with the arguments in $args.
project() {
    local name=$1 side program
    shift
    for side in old new; do
        program=${!side}
        mkdir -p "$work/$side/$name"
        "$@" "$work/$side/$name" >/dev/null
        # shellcheck disable=SC2086
        (cd "$work/$side/$name" && "$program" $args >"$work/$side/$name.out" 2>"$work/$side/$name.err" </dev/null) &&
            echo 0 >"$work/$side/$name.status" || echo $? >"$work/$side/$name.status"
        sed -i -E 's/en [0-9]+,[0-9]+ s/en N s/' "$work/$side/$name".{out,err}
        sort -o "$work/$side/$name.out" "$work/$side/$name.out"
        rm -rf "$work/$side/$name"/output/.livret*
    done
}

# With the theme that the old program brings along: a new one may have keys that it does not know.
"$old" init "$work/starter" >/dev/null
starter() { cp -r "$work/starter/." "$1"; }
sample() { cp -r content livret.yaml logo.svg "$work/starter/themes" "$1"; }
branche() { cp -r tests/autre-branche/. "$work/starter/themes" "$1"; }
golden() {
    cp -r tests/golden-base/. "$2"
    if [ -f "$1/cmd" ]; then
        sed -n 's/^sans: //p' "$1/cmd" | while read -r path; do rm -rf "${2:?}/$path"; done
    fi
    (cd "$1" && find . -type f ! -path ./cmd ! -path ./stdout ! -path ./stderr ! -path ./status ! -path './expected/*' \
        ! -path './sources/*' -exec cp --parents {} "$2" \;)
}

args="build $pdf"
for kind in sample starter branche; do project "$kind" "$kind"; done
args=check
for kind in sample starter branche; do project "$kind-check" "$kind"; done
for folder in tests/golden/*/; do
    args=check
    [ -f "$folder/cmd" ] && args=$(head -n 1 "$folder/cmd")
    project "golden-$(basename "$folder")" golden "$folder"
done
diff -r "$work/old" "$work/new" && echo "the same: $(find "$work/new" -name '*.status' | wc -l) runs"
