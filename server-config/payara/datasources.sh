#!/usr/bin/env bash
# The data source of STORAGE_TYPE=postgresql, of mysql and mariadb, or of h2 (a file in the domain): jdbc/zipkin-postgresql, jdbc/zipkin-mysql, jdbc/zipkin-h2.
# Can be run again; what is there stays as it is, but an older driver is replaced. Undone by datasources-remove.sh. A driver is there once the server was started again.
#   PAYARA_HOME=/opt/payara6 server-config/payara/datasources.sh postgresql postgresql-42.7.14.jar
#   PAYARA_HOME=/opt/payara6 server-config/payara/datasources.sh mysql mariadb-java-client-3.5.11.jar
#   PAYARA_HOME=/opt/payara6 server-config/payara/datasources.sh h2
#
# They are defined in datasources/. A JDBC URL of your own: asadmin set resources.jdbc-connection-pool.zipkin-postgresql.property.URL=…
source "$(dirname "${BASH_SOURCE[0]}")/asadmin.sh"
database=${1:?postgresql, mysql or h2}

driver() {
  local jar=${1:?the path of the driver}
  local file other
  file=$(basename "$jar")
  if has_library "$file"; then
    return
  fi
  # The server takes whichever it finds first, so one version of a driver is there.
  for other in $(asadmin list-libraries | grep -xE "${file%%-[0-9]*}(-[0-9].*)?\.jar" || true); do
    asadmin remove-library "$other" >/dev/null
  done
  asadmin add-library "$jar" >/dev/null
}

case $database in
  postgresql) driver "${2:-}" ;;
  mysql | mariadb) driver "${2:-}" ;;
  h2) ;;
  *)
    echo "zipkin: no data source for $database: postgresql, mysql or h2" >&2
    exit 1
    ;;
esac
name=${database/mariadb/mysql}
if ! has list-jdbc-connection-pools "zipkin-$name"; then
  asadmin add-resources "$here/datasources/$name.xml" >/dev/null
fi
say "has the data source of STORAGE_TYPE=$database"
