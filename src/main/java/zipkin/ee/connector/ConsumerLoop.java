package zipkin.ee.connector;

import jakarta.resource.spi.work.Work;

/**
 * One consumer of a broker. {@link #run()} goes on until {@link #release()}, which any thread may call, again too, and which makes a pause or a wait for messages
 * end at once; a delivery in flight ends first. It does not throw for anything that a broker or the application does.
 */
public interface ConsumerLoop extends Work {}
