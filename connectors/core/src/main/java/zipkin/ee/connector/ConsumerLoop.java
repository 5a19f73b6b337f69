package zipkin.ee.connector;

import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import java.util.List;

/**
 * One consumer of a broker. {@link #run()} goes on until {@link #release()}, which any thread may
 * call, again too, and which makes a pause or a wait for messages end at once; a delivery in flight
 * ends first. It does not throw for anything that a broker or the application does. It runs on the
 * work manager's threads for long works, where it has one.
 */
public interface ConsumerLoop extends Work, WorkContextProvider {
    @Override
    default List<WorkContext> getWorkContexts() {
        HintsContext hints = new HintsContext();
        hints.setHint(HintsContext.LONGRUNNING_HINT, true);
        return List.of(hints);
    }
}
