package zipkin.ee.transport.messaging;

/**
 * The only enterprise bean that WEB-INF/ejb-jar.xml declares. It does nothing. Payara refuses a
 * descriptor without any bean, and a server that was not made ready for the message-driven beans
 * must not look at those (docs/adr/0014).
 */
public class NoMessages {}
