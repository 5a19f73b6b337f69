package zipkin.ee.storage.jpa.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One span, or a piece of one that is too long for a row: then the rows that follow it continue it.
 */
@Entity(name = "SpanRow")
@Table(name = "zipkin_span")
@IdClass(SpanRow.Key.class)
public class SpanRow {
    @Id
    public long batch;

    @Id
    public int ord;

    @Column(name = "trace_low")
    public long traceLow;

    public int dictionary;

    public byte[] data;

    @SuppressWarnings("NullAway.Init")
    protected SpanRow() {}

    public SpanRow(long batch, int ord, long traceLow, int dictionary, byte[] data) {
        this.batch = batch;
        this.ord = ord;
        this.traceLow = traceLow;
        this.dictionary = dictionary;
        this.data = data;
    }

    public static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public long batch;
        public int ord;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.batch == batch && key.ord == ord;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(batch) + 31 * Long.hashCode(ord);
        }
    }
}
