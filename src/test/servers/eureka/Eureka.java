import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.annotation.Configuration;

/** A Eureka server alone, run from its source with the server's jars: port. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableEurekaServer
public class Eureka {
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(Eureka.class);
        application.setDefaultProperties(Map.of(
                "server.port", arguments[0],
                "server.address", "127.0.0.1",
                "eureka.client.register-with-eureka", "false",
                "eureka.client.fetch-registry", "false",
                "eureka.server.response-cache-update-interval-ms", "200"));
        application.run();
    }
}
