package zipkin.ee.storage.jpa.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A name that is offered for searching: of a service, a span, a remote service, a tag's value. */
@Entity(name = "NameRow")
@Table(name = "zipkin_name")
public class NameRow {
    @Id
    public long id;

    public int kind;

    public long owner;

    public String name;

    @Column(name = "seen_day")
    public int seenDay;

    @SuppressWarnings("NullAway.Init")
    protected NameRow() {}

    public NameRow(long id, int kind, long owner, String name, int seenDay) {
        this.id = id;
        this.kind = kind;
        this.owner = owner;
        this.name = name;
        this.seenDay = seenDay;
    }
}
