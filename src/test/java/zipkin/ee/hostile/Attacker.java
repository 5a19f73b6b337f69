package zipkin.ee.hostile;

import java.net.URI;

/**
 * A client that means harm. {@link #once} does it for a moment, and is repeated by a thread of the
 * attacker's own for as long as the attack goes on. Whatever the server does to it is fine: its
 * exceptions end the moment, not the attack.
 */
@FunctionalInterface
interface Attacker {
    /**
     * @param server without a trailing slash
     * @throws Exception anything, mostly that the server has closed the connection
     */
    void once(URI server) throws Exception;
}
