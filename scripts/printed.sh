#!/usr/bin/env bash
# Prints what is checked, each project into a folder of its own: the sample (`sample`), the examples, tests/autre-branche,
# a new project; and bundles of their sessions.
#   printed.sh DIR
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1
cargo build --release --locked --quiet
livret=target/release/livret
rm -rf "$folder" && mkdir -p "$folder/projects"
"$livret" init "$folder/projects/nouveau" >/dev/null
for project in examples tests/autre-branche; do
  cp -r "$project" themes "$folder/projects/"
  rm -rf "$folder/projects/$(basename "$project")/themes"
  mv "$folder/projects/themes" "$folder/projects/$(basename "$project")/"
done
for project in . "$folder"/projects/*/; do
  output=$folder/$([ "$project" = . ] && echo sample || basename "$project")
  "$livret" build -C "$project" --output "$output" >/dev/null
  for session in "$project"/content/candidats/*/; do
    session=$(basename "$session")
    "$livret" bundle "$session" -C "$project" --output "$output" >/dev/null
    "$livret" bundle "$session" -C "$project" --output "$output" --document fiche-synthese --duplex >/dev/null
  done
done
