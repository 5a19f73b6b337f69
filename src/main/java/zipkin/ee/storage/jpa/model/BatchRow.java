package zipkin.ee.storage.jpa.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Spans that were stored together. */
@Entity(name = "BatchRow")
@Table(name = "zipkin_batch")
public class BatchRow {
    @Id
    public long id;

    @Column(name = "stored_millis")
    public long storedMillis;

    public int spans;

    public long bytes;

    public byte[] header;

    @SuppressWarnings("NullAway.Init")
    protected BatchRow() {}

    public BatchRow(long id, long storedMillis, int spans, long bytes, byte[] header) {
        this.id = id;
        this.storedMillis = storedMillis;
        this.spans = spans;
        this.bytes = bytes;
        this.header = header;
    }
}
