#!/usr/bin/env bash
# Compares the public API with that of a baseline, by japicmp: build/api-check.sh <version | commit>
# A version is fetched from the Maven repositories, a commit is built. Fails on an incompatible change, and when the baseline is not to be had.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 1 ] || { sed -n '2,3s/^# //p' "$0"; exit 2; }
baseline=$1
work=$(mktemp -d "${TMPDIR:-/tmp}/cks-api.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/jars"
published=$(grep -o '<artifactId>cks-[a-z-]*' cks-bom/pom.xml | sed 's/.*>//' | grep -v '^cks-bom$')
quietly() { "$@" >"$work/log" 2>&1 || { tail -n 40 "$work/log"; echo "failed: $*"; exit 1; }; }

if git rev-parse --quiet --verify "$baseline^{commit}" >/dev/null; then
  mkdir "$work/tree"
  git archive "$baseline" | tar -x -C "$work/tree"
  (cd "$work/tree" && quietly mvn -B -q '-P!quality' -Dmaven.test.skip=true -DskipTests -Dquality.skip package)
  for module in $published; do
    jar=$(find "$work/tree/$module/target" -maxdepth 1 -name "$module-*.jar" 2>/dev/null || true)
    [ -z "$jar" ] || mv "$jar" "$work/jars/$module.jar"
  done
else
  for module in $published; do
    quietly mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
      -Dartifact="dev.cks:$module:$baseline" -DoutputDirectory="$work/jars" -Dmdep.stripVersion=true
  done
fi

modules=
for module in $published; do
  if [ -f "$work/jars/$module.jar" ]; then modules=$modules,$module; else echo "$module is new since $baseline"; fi
done
[ -n "$modules" ] || { echo "no module of cks in $baseline"; exit 1; }
mvn -B '-Papi,!quality' -Dapi.baseline="$work/jars" -Dmaven.test.skip=true -DskipTests -Dquality.skip -pl "${modules#,}" -am verify >"$work/log" 2>&1 && status=0 || status=$?
mkdir -p target/api
for module in ${modules//,/ }; do cp "$module/target/japicmp/default-cli.diff" "target/api/$module.diff" 2>/dev/null || cp "$module"/target/japicmp/*.diff "target/api/$module.diff" 2>/dev/null || true; done
grep -E 'ERROR.*(incompatib|japicmp|Failed)|There is at least one' "$work/log" | sort -u | head -n 40 || true
[ $status -eq 0 ] && echo "the API is compatible with $baseline" || echo "the API is not compatible with $baseline; target/api has the differences"
exit $status
