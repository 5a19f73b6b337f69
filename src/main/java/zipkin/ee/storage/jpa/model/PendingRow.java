package zipkin.ee.storage.jpa.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A batch whose dependency links are not counted yet. */
@Entity(name = "PendingRow")
@Table(name = "zipkin_pending")
public class PendingRow {
    @Id
    public long batch;

    @Column(name = "stored_millis")
    public long storedMillis;

    @SuppressWarnings("NullAway.Init")
    protected PendingRow() {}

    public PendingRow(long batch, long storedMillis) {
        this.batch = batch;
        this.storedMillis = storedMillis;
    }
}
