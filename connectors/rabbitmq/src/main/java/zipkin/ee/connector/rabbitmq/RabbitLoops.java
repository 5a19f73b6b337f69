package zipkin.ee.connector.rabbitmq;

import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.Endpoint;

/** What an activation with a broker consists of: loops of each queue, on one connection. */
record RabbitLoops(ConnectorState state, List<RabbitLoop> all) {
    static RabbitLoops of(List<RabbitConfig> queues, MessageEndpointFactory factory) throws InvalidPropertyException {
        return of(queues, factory, new RabbitAccess(queues.get(0)));
    }

    static RabbitLoops of(List<RabbitConfig> queues, MessageEndpointFactory factory, BrokerAccess access) {
        ConnectorState state = ConnectorState.register("rabbitmq", "Not started");
        Endpoint endpoint = new Endpoint(factory);
        SharedConnection shared = new SharedConnection(access);
        List<RabbitLoop> loops = new ArrayList<>();
        for (RabbitConfig config : queues) {
            DeadLetters deadLetters = config.deadLetters() ? new DeadLetters(access, config, Clock.systemUTC()) : null;
            if (deadLetters != null) {
                shared.alsoClose(deadLetters);
            }
            DeliveryStep step = new DeliveryStep(endpoint, state, deadLetters, new RabbitErrors(config), config.otlp());
            for (int i = 0; i < config.concurrency(); i++) {
                int part = loops.size();
                state.starting(
                        part,
                        "Connects to RabbitMQ at " + config.place()
                                + " as soon as the work manager has a thread for consumer " + (part + 1));
                loops.add(new RabbitLoop(part, config, shared, step, state));
            }
        }
        return new RabbitLoops(state, loops);
    }
}
