package zipkin.ee.storage.jpa.model;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Which spans of a batch have a term. */
@Entity(name = "TermRow")
@Table(name = "zipkin_term")
@IdClass(TermRow.Key.class)
public class TermRow {
    @Id
    public int bucket;

    @Id
    public long term;

    @Id
    public long batch;

    public byte[] spans;

    @SuppressWarnings("NullAway.Init")
    protected TermRow() {}

    public TermRow(int bucket, long term, long batch, byte[] spans) {
        this.bucket = bucket;
        this.term = term;
        this.batch = batch;
        this.spans = spans;
    }

    public static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public int bucket;
        public long term;
        public long batch;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.bucket == bucket && key.term == term && key.batch == batch;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(bucket) + 31 * Long.hashCode(term) + 31 * Long.hashCode(batch);
        }
    }
}
