package zipkin.ee.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that is opened when it is first needed, and again after that has failed: a region or
 * credentials may be found later. Thread safe.
 */
public final class AwsClient<C> implements Supplier<C> {
    private final Supplier<C> opening;
    private volatile @Nullable C client;

    public AwsClient(Supplier<C> opening) {
        this.opening = opening;
    }

    @Override
    public C get() {
        C known = client;
        return known == null ? open() : known;
    }

    private synchronized C open() {
        C known = client;
        if (known == null) {
            known = opening.get();
            client = known;
        }
        return known;
    }
}
