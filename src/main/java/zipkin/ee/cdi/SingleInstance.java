package zipkin.ee.cdi;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A bean of which the application has one, without a client proxy: so it can be final, takes its
 * parts by constructor, and a call costs nothing. A stereotype because {@link Singleton} alone does
 * not make a class a bean where archives are searched for annotated beans only.
 */
@Documented
@Stereotype
@Singleton
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SingleInstance {}
