#!/usr/bin/env bash
# Takes back what pulsar.sh did; the other connectors stay. Can be run again.
source "$(dirname "${BASH_SOURCE[0]}")/asadmin.sh"

undeploy zipkin
undeploy zipkin-pulsar
if has list-system-properties 'ZIPKIN_PULSAR_ADAPTER=.*'; then
  asadmin delete-system-property ZIPKIN_PULSAR_ADAPTER
fi
asadmin deploy --name zipkin --contextroot / "${ZIPKIN_FOLDER:-$PAYARA_HOME/zipkin}"
say "takes no messages of Pulsar"
