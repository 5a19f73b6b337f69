package zipkin.ee.storage;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The names under which {@code STORAGE_TYPE} selects a {@link StorageFactory}. */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StorageType {
    /** The name that documentation uses first, then its aliases. */
    @Nonbinding
    String[] value();
}
