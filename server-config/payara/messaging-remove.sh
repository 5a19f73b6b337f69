#!/usr/bin/env bash
# Takes back what messaging.sh did; messages stay in the broker. Zipkin is gone after it: zipkin.sh deploys it again without messages.
source "$(dirname "${BASH_SOURCE[0]}")/asadmin.sh"

undeploy zipkin
undeploy zipkin-kafka
undeploy zipkin-rabbitmq
for name in jms/queue/zipkin jms/queue/zipkin-dlq jms/queue/zipkin-otlp jms/queue/zipkin-journal; do
  if has list-admin-objects "$name"; then
    asadmin delete-admin-object "$name" >/dev/null
  fi
done
if has list-connector-connection-pools zipkin-jms; then
  asadmin delete-connector-connection-pool --cascade=true zipkin-jms >/dev/null
fi
rm -rf "${ZIPKIN_FOLDER:-$PAYARA_HOME/zipkin}"
say "takes no messages; deploy it again by zipkin.sh"
