#!/usr/bin/env bash
# Takes back what datasources.sh did, but for the driver, which other applications may use by now.
#   PAYARA_HOME=/opt/payara6 server-config/payara/datasources-remove.sh postgresql
source "$(dirname "${BASH_SOURCE[0]}")/asadmin.sh"
database=${1:?postgresql, mysql or h2}
name=zipkin-${database/mariadb/mysql}

if has list-jdbc-connection-pools "$name"; then
  asadmin delete-jdbc-connection-pool --cascade=true "$name" >/dev/null
fi
say "has no data source of STORAGE_TYPE=$database"
