package zipkin.ee.connector.rabbitmq;

import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.Endpoint;

/** What an activation with a broker consists of. */
record RabbitLoops(ConnectorState state, List<RabbitLoop> all) {
    static RabbitLoops of(RabbitConfig config, MessageEndpointFactory factory) throws InvalidPropertyException {
        return of(config, factory, new RabbitAccess(config));
    }

    static RabbitLoops of(RabbitConfig config, MessageEndpointFactory factory, BrokerAccess access) {
        ConnectorState state = ConnectorState.register("rabbitmq", "Not started");
        RabbitErrors reasons = new RabbitErrors(config);
        DeadLetters deadLetters = config.deadLetters() ? new DeadLetters(access, config, Clock.systemUTC()) : null;
        DeliveryStep step = new DeliveryStep(new Endpoint(factory), state, deadLetters, reasons);
        SharedConnection shared = new SharedConnection(access, deadLetters);
        List<RabbitLoop> loops = new ArrayList<>();
        for (int part = 0; part < config.concurrency(); part++) {
            state.starting(
                    part,
                    "Connects to RabbitMQ at " + config.place()
                            + " as soon as the work manager has a thread for consumer " + (part + 1));
            loops.add(new RabbitLoop(part, config, shared, step, state));
        }
        return new RabbitLoops(state, loops);
    }
}
