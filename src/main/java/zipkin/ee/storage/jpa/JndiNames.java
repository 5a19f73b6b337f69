package zipkin.ee.storage.jpa;

import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;

/**
 * The application server's directory. Names come from the code and the operator's settings
 * only.
 */
final class JndiNames {
    private JndiNames() {}

    /** The object of this name; one of another type counts as not found. */
    @SuppressWarnings("BanJNDI") // names are the operator's
    static <T> T lookUp(Class<T> type, String name) throws NamingException {
        Object found = InitialContext.doLookup(name);
        if (!type.isInstance(found)) {
            throw new NameNotFoundException(name + " is not a " + type.getName());
        }
        return type.cast(found);
    }
}
