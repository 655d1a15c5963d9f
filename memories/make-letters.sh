#!/bin/sh
# Makes memories/letters.tmx from the editions of the fixture letters, all but the two new ones, with the beads that an editor
# confirmed. Run it in the project's folder; TARJUMAN names the program if it is not on the path.
set -eu
tarjuman=${TARJUMAN:-tarjuman}
out=${1:-memories/letters.tmx}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for beads in fixtures/letters/*.beads; do
    letter=${beads%.beads}
    case $letter in
        */autumn-reading-evening | */spring-seed-exchange) continue ;;
    esac
    "$tarjuman" align "$letter.en.txt" "$letter.fa.txt" "$letter.ar.txt" "$letter.sq.txt" \
        --beads "$beads" -m "$work/letters.sqlite" --store > "$work/beads.txt"
done
"$tarjuman" export -m "$work/letters.sqlite" -o "$out" --overwrite
