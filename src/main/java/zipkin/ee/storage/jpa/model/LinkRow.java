package zipkin.ee.storage.jpa.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Calls from one service to another in the traces of one day. */
@Entity(name = "LinkRow")
@Table(name = "zipkin_link")
@IdClass(LinkRow.Key.class)
public class LinkRow {
    @Id
    @Column(name = "day_number")
    public int day;

    @Id
    @Column(name = "parent_id")
    public long parentId;

    @Id
    @Column(name = "child_id")
    public long childId;

    public String parent;

    public String child;

    public long calls;

    public long errors;

    @Column(name = "seen_day")
    public int seenDay;

    @SuppressWarnings("NullAway.Init")
    protected LinkRow() {}

    public LinkRow(
            int day, long parentId, long childId, String parent, String child, long calls, long errors, int seenDay) {
        this.day = day;
        this.parentId = parentId;
        this.childId = childId;
        this.parent = parent;
        this.child = child;
        this.calls = calls;
        this.errors = errors;
        this.seenDay = seenDay;
    }

    public static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public int day;
        public long parentId;
        public long childId;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.day == day && key.parentId == parentId && key.childId == childId;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(day) + 31 * Long.hashCode(parentId) + 31 * Long.hashCode(childId);
        }
    }
}
