#!/usr/bin/env bash
# Makes a fresh Payara Server, whose domain does not run, a Zipkin server with data sources and messages; mvn -Ppayara package runs it. What is printed
# comes from the other scripts. The domain runs meanwhile, on its ports 4848 and 8080.
#   server-config/payara/make-server.sh target/payara/payara6 target
set -euo pipefail
PAYARA_HOME=$(realpath "${1:?the folder that holds bin/asadmin}")
export PAYARA_HOME
files=${2:?the folder that holds zipkin.war, zipkin-kafka.rar and zipkin-rabbitmq.rar}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
drivers=$files/wildfly-modules/zipkin/jdbc

"$PAYARA_HOME/bin/asadmin" --terse start-domain
trap '"$PAYARA_HOME/bin/asadmin" --terse stop-domain' EXIT
"$here/zipkin.sh" "$files/zipkin.war"
"$here/datasources.sh" postgresql "$drivers"/postgresql/main/postgresql-*.jar
"$here/datasources.sh" mysql "$drivers"/mariadb/main/mariadb-java-client-*.jar
"$here/datasources.sh" h2
"$here/messaging.sh" "$files"
