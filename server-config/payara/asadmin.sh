# For the scripts beside it, which read it; not run by itself. A server that is not there at all, or refuses, ends the script.
#   PAYARA_HOME      where Payara is (holds bin/asadmin)
#   ASADMIN_OPTIONS  before each command, for instance: --port 4848 --user admin --passwordfile secret
set -euo pipefail
: "${PAYARA_HOME:?is not set: the folder that holds bin/asadmin}"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

asadmin() {
  # shellcheck disable=SC2086 # several options
  "$PAYARA_HOME/bin/asadmin" --terse ${ASADMIN_OPTIONS:-} "$@"
}

# has <list command> <name>: whether the list holds that name
has() {
  asadmin "$1" | grep -qE "^$2( |$)"
}

# has_library <file name>
has_library() {
  asadmin list-libraries | grep -qxF "$1"
}

# undeploy <name>: where it is deployed
undeploy() {
  if has list-applications "$1"; then
    asadmin undeploy "$1"
  fi
}

say() {
  echo "zipkin: $*"
}
