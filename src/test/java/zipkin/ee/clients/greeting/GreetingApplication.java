package zipkin.ee.clients.greeting;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

@ApplicationPath("/")
public class GreetingApplication extends Application {}
