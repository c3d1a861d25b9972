#!/usr/bin/env bash
# What a release has to show beside `mvn verify`: build/release-check.sh [step…]; without a step, all of them in this order:
#   comments      every public member has its Javadoc comment
#   reproducible  two builds in two places give the same jars (main, sources, Javadoc) and bills of materials; the first is staged
#   modules       the consumers under build/consumers compile and run on the module path, with the staged artefacts
#   examples      each Maven project under examples/ verifies with the staged artefacts
#   recipes       the README's recipes run with the staged artefacts (build/recipes.sh)
#   api           build/api-check.sh against the latest release
#   coverage      all tests under JaCoCo; prints what share of the instructions they ran
# It looks at what git tracks, committed or not. Environment:
#   CKS_JDKS      JAVA_HOMEs with which consumers, examples and recipes are built and run; by default the one JDK that is there
#   CKS_BASELINE  a version or a commit to compare the API with
#   CKS_KEEP      anything: keep the work directory
# Consumers and examples are built by Maven in copies outside this checkout, with a local repository that is empty at first.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/cks-release.XXXXXX")
trap '[ -n "${CKS_KEEP:-}" ] || rm -rf "$work"' EXIT
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' pom.xml | head -n 1)
here=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
read -r -a jdks <<<"${CKS_JDKS:-$here}"

fail() { echo "FAILED: $*" >&2; exit 1; }
quietly() { "$@" >"$work/log" 2>&1 || { tail -n 60 "$work/log" >&2; fail "$*"; }; }

comments() { java build/Undocumented.java; }

# build <directory> <Maven's arguments>: what git tracks, without tests
build() {
  local directory=$1 tree
  shift
  tree=$(git -c user.name=check -c user.email=check@localhost stash create)
  mkdir "$directory"
  git archive "${tree:-HEAD}" | tar -x -C "$directory"
  # analysis is the business of mvn verify
  (cd "$directory" && quietly mvn -B '-Pdocs,sbom,!quality' -Dquality.skip -Dmaven.test.skip=true -DskipTests "$@")
}

stage() {
  [ -d "$work/staged" ] && return
  # installed nowhere: a deployment to a directory is all that consumers see
  build "$work/first" -Dmaven.install.skip=true "-DaltDeploymentRepository=staged::file://$work/staged" deploy
  local module kind jars=0
  for module in $(grep -o '<artifactId>cks-[a-z-]*' cks-bom/pom.xml | sed 's/.*>//' | grep -v '^cks-bom$'); do
    for kind in '' -sources -javadoc; do
      # a snapshot is staged with its instant instead of SNAPSHOT
      ls "$work/staged/dev/cks/$module/$version" | grep -qE "^$module-[0-9.]+(-[0-9.]+-[0-9]+)?$kind\.jar\$" ||
        fail "$module has no ${kind:-main} jar among the staged artefacts"
      jars=$((jars + 1))
    done
  done
  [ -f "$work/first/target/bom.json" ] || fail "no bill of materials"
  cat >"$work/settings.xml" <<XML
<settings><profiles><profile><id>staged</id><repositories><repository>
  <id>staged</id><url>file://$work/staged</url><snapshots><enabled>true</enabled></snapshots>
</repository></repositories></profile></profiles><activeProfiles><activeProfile>staged</activeProfile></activeProfiles></settings>
XML
  echo "staged: $jars jars, and bom.json with $(grep -c '"bom-ref"' "$work/first/target/bom.json") components"
}

sums() { (cd "$1" && find . \( -path './cks-*/target/cks-*.jar' -o -path '*/target/bom.json' \) -exec sha256sum {} + | sort -k 2); }

reproducible() {
  stage
  build "$work/second" package
  sums "$work/first" >"$work/sums-first"
  sums "$work/second" >"$work/sums-second"
  diff "$work/sums-first" "$work/sums-second" >&2 || fail "two builds differ"
  echo "reproducible: $(grep -c 'jar$' "$work/sums-first") jars and $(grep -c 'json$' "$work/sums-first") bills of materials are the same in two builds"
}

# verify <project>: with each JDK, in a copy of its own
verify() {
  local project=$1 jdk copy
  for jdk in "${jdks[@]}"; do
    copy=$work/projects/$(basename "$project")
    rm -rf "$copy"
    mkdir -p "$work/projects"
    cp -R "$project" "$copy"
    rm -rf "$copy/target"
    # Maven's own settings are replaced, not the user's, which may name a mirror
    (cd "$copy" && JAVA_HOME=$jdk quietly mvn -B -U -gs "$work/settings.xml" -Dmaven.repo.local="$work/repository" -Dcks.version="$version" verify)
    grep -E 'on JDK [0-9]+$|Tests run:.*[0-9]$' "$work/log" | tail -n 1 || true
    echo "$project: verified with $("$jdk/bin/java" -version 2>&1 | head -n 1)"
  done
}

projects() {
  local pom
  for pom in "$root/$1"/*/pom.xml; do
    [ ! -f "$pom" ] || verify "${pom%/pom.xml}"
  done
}

modules() {
  stage
  projects build/consumers
}

examples() {
  stage
  compgen -G "$root/examples/*/pom.xml" >/dev/null || echo "examples: there are none"
  projects examples
}

recipes() {
  local jdk
  stage
  for jdk in "${jdks[@]}"; do
    JAVA_HOME=$jdk quietly build/recipes.sh mvn -B -q -U -gs "$work/settings.xml" -Dmaven.repo.local="$work/repository"
    grep -E '^(cli.sh|[A-Za-z]+Test): ' "$work/log" | paste -sd ';' | sed 's/;/; /g; s/^/recipes: /'
    echo "recipes: run with $("$jdk/bin/java" -version 2>&1 | head -n 1)"
  done
}

api() {
  local baseline=${CKS_BASELINE:-$(git describe --tags --match 'v[0-9]*' --abbrev=0 HEAD^ 2>/dev/null || true)}
  if [ -z "$baseline" ]; then
    echo "api: NOT CHECKED, nothing was released yet; CKS_BASELINE=<commit> compares with a commit"
  else
    build/api-check.sh "$baseline"
  fi
}

coverage() {
  quietly mvn -B -Pcoverage clean verify
  awk -F, 'NR > 1 { missed[$1] += $4; covered[$1] += $5 }
    END { for (m in covered) printf "coverage: %-40s %5.1f %% of the instructions\n", m, 100 * covered[m] / (missed[m] + covered[m]) }' \
    cks-compat-tests/target/site/jacoco-aggregate/jacoco.csv | sort
}

[ ${#jdks[@]} -gt 1 ] || echo "one JDK only: CKS_JDKS='<JAVA_HOME> <JAVA_HOME>' names more"
for step in "${@:-comments reproducible modules examples recipes api coverage}"; do
  for each in $step; do
    case $each in
      comments | reproducible | modules | examples | recipes | api | coverage) "$each" ;;
      *) fail "unknown step: $each" ;;
    esac
  done
done
echo "all checks passed: ${*:-all steps}"
