package zipkin.ee.testing.sql;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each provider on each database, by the persistence unit {@code fixture}. */
abstract class JpaProviderContract {
    /** An empty database. */
    abstract DatabaseAccess database();

    @ParameterizedTest
    @EnumSource
    void entityManagerFactory_overADataSource_storesInItsDatabase(JpaProvider provider) {
        DatabaseAccess database = database();
        database.execute(Note.CREATE);
        try (HikariDataSource pool = database.pool(2);
                EntityManagerFactory factory = provider.entityManagerFactory("fixture", pool)) {
            inTransaction(factory, new Note(1, "one"));
            assertThat(database.column("SELECT body FROM note")).containsExactly("one");
            assertThat(texts(factory)).isEqualTo(Map.of(1L, "one"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void entityManagerFactories_overTwoDataSources_keepApart(JpaProvider provider) {
        DatabaseAccess first = database();
        DatabaseAccess second = database();
        first.execute(Note.CREATE);
        second.execute(Note.CREATE);
        try (HikariDataSource firstPool = first.pool(2);
                HikariDataSource secondPool = second.pool(2);
                EntityManagerFactory firstFactory = provider.entityManagerFactory("fixture", firstPool);
                EntityManagerFactory secondFactory = provider.entityManagerFactory("fixture", secondPool)) {
            inTransaction(firstFactory, new Note(1, "first"));
            inTransaction(secondFactory, new Note(1, "second"));
            assertThat(first.column("SELECT body FROM note")).containsExactly("first");
            assertThat(second.column("SELECT body FROM note")).containsExactly("second");
        }
    }

    private static void inTransaction(EntityManagerFactory factory, Note note) {
        try (EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            entities.persist(note);
            entities.getTransaction().commit();
        }
    }

    private static Map<Long, String> texts(EntityManagerFactory factory) {
        try (EntityManager entities = factory.createEntityManager()) {
            return entities.createQuery("SELECT n FROM Note n", Note.class)
                    .getResultStream()
                    .collect(toMap(Note::id, Note::text));
        }
    }
}
