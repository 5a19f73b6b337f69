package zipkin.ee.storage.forward;

import java.util.List;
import zipkin2.Span;

/** Sends spans to a Scouter collector as datagrams, without acknowledgement. */
final class ScouterForwarder extends Forwarder {
    private final Datagrams collector;
    private final ScouterPacks packs;
    private final String place;

    ScouterForwarder(ScouterSettings settings) {
        super("scouter");
        this.collector = new Datagrams("The Scouter collector", settings.host(), settings.port());
        this.packs = new ScouterPacks(settings, System::currentTimeMillis);
        this.place = settings.host() + ":" + settings.port();
    }

    @Override
    void send(List<Span> spans) {
        List<byte[]> datagrams;
        synchronized (packs) {
            datagrams = packs.of(spans);
        }
        datagrams.forEach(collector::send);
    }

    @Override
    public void close() {
        collector.close();
    }

    @Override
    public String toString() {
        return "Scouter{" + place + "}";
    }
}
