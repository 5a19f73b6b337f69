package zipkin.ee.storage.jpa.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Texts that spans have in common, which their rows refer to. */
@Entity(name = "DictionaryRow")
@Table(name = "zipkin_dictionary")
public class DictionaryRow {
    @Id
    public int id;

    @Column(name = "created_millis")
    public long createdMillis;

    public byte[] data;

    @SuppressWarnings("NullAway.Init")
    protected DictionaryRow() {}

    public DictionaryRow(int id, long createdMillis, byte[] data) {
        this.id = id;
        this.createdMillis = createdMillis;
        this.data = data;
    }
}
