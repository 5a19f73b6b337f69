package zipkin.ee.testing.sql;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The entity of the persistence unit {@code fixture}. */
@Entity
@Table(name = "note")
public class Note {
    static final String CREATE = "CREATE TABLE note (id BIGINT PRIMARY KEY, body VARCHAR(100))";

    @Id
    private long id;

    @Column(name = "body")
    private String text = "";

    protected Note() {}

    Note(long id, String text) {
        this.id = id;
        this.text = text;
    }

    long id() {
        return id;
    }

    String text() {
        return text;
    }
}
