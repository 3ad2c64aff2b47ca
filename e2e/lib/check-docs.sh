#!/usr/bin/env bash
# check-docs.sh: every relative link in a Markdown file leads to a file of the repository.
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0

while read -r file; do
  while read -r target; do
    [ -e "$(dirname "$file")/${target%%#*}" ] && continue
    echo "$file: the link to $target leads nowhere" >&2
    failed=1
  done < <(grep -oE '\]\([^)]+\)' "$file" | sed -E 's/^\]\(([^ )]+).*/\1/' | grep -vE '^(https?:|mailto:|#)' || true)
done < <(git ls-files '*.md')

exit $failed
