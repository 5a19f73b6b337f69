package zipkin.ee.storage.jpa.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Which server does a background task, and until when. */
@Entity(name = "LeaseRow")
@Table(name = "zipkin_lease")
public class LeaseRow {
    @Id
    public String name;

    public String owner;

    @Column(name = "until_millis")
    public long untilMillis;

    @SuppressWarnings("NullAway.Init")
    protected LeaseRow() {}

    public LeaseRow(String name, String owner, long untilMillis) {
        this.name = name;
        this.owner = owner;
        this.untilMillis = untilMillis;
    }
}
