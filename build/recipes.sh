#!/usr/bin/env bash
# Copies the recipes of the README into an empty directory, as a new user would, and runs them there: build/recipes.sh [Maven and its options…]
# The modules must be in the local repository of that Maven. A recipe is a block of code under a comment `recipe: <file>`.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
maven=("$@")
[ ${#maven[@]} -gt 0 ] || maven=(mvn -q)
project=$(mktemp -d "${TMPDIR:-/tmp}/cks-recipes.XXXXXX")
server=
cleanup() {
  [ -z "$server" ] || kill -- "-$server" 2>/dev/null || true
  rm -rf "$project"
}
trap cleanup EXIT

awk -v to="$project" '
  /^<!-- recipe: .* -->$/ { file = to "/" $3; next }
  /^```/ && file != "" && !open { open = 1; directory = file; sub("/[^/]*$", "", directory); system("mkdir -p " directory); next }
  /^```/ && open { close(file); print substr(file, length(to) + 2); file = ""; open = 0; next }
  open { print > file }
' README.md | tee "$project.list"
count=$(wc -l <"$project.list")
rm "$project.list"
[ "$count" -ge 5 ] || { echo "FAILED: only $count recipes were found in the README" >&2; exit 1; }

(cd "$project" && "${maven[@]}" test)
echo # Maven leaves the line open
for test in "$project"/src/test/java/*.java; do
  name=$(basename "$test" .java)
  report=$project/target/surefire-reports/TEST-$name.xml
  grep -q '<testcase' "$report" || { echo "FAILED: no test of $name was run" >&2; exit 1; }
  echo "$name: $(grep -c '<testcase' "$report") tests"
done

if ! command -v aws >/dev/null 2>&1; then
  echo "cli.sh: SKIPPED, there is no aws command"
  exit 0
fi
set -m # the endpoint gets a process group of its own, to be ended as a whole
mvn -q -Pserve package >"$project/exports" 2>&1 &
server=$!
for _ in $(seq 240); do
  grep -q 'curl http' "$project/exports" && break
  kill -0 "$server" 2>/dev/null || break
  read -r -t 0.5 <> <(:) || true
done
grep -q 'export AWS_ENDPOINT_URL' "$project/exports" || { cat "$project/exports" >&2; echo "FAILED: no endpoint" >&2; exit 1; }
(cd "$project" && . ./exports && set -e && . ./cli.sh) >"$project/answers" 2>"$project/errors" ||
  { cat "$project/answers" "$project/errors" >&2; echo "FAILED: cli.sh" >&2; exit 1; }
grep -q 'KMSInvalidStateException' "$project/errors" && grep -q '"Plaintext"' "$project/answers" && grep -q '"EventName": "CreateKey"' "$project/answers" ||
  { cat "$project/answers" "$project/errors" >&2; echo "FAILED: cli.sh did not show the outage" >&2; exit 1; }
echo "cli.sh: the outage and its end"
cd "$root"
