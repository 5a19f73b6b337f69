package zipkin.ee.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Illegal character in authority at index 7: http://u:se cret@h:9200 | Illegal character "
                        + "in authority at index 7: http://…@h:9200",
                "Cannot reach http://u:secret@h:9200/x, http://v:secret@i/ | Cannot reach "
                        + "http://…@h:9200/x, http://…@i/",
                "Invalid url in bootstrap.servers: u:secret@h:9092 | Invalid url in bootstrap.servers: …@h:9092",
                "redis at :secret@h:6379, amqp://u:p/w?d@h | redis at …@h:6379, amqp://…@h",
                "GET /x?a=b&token=secret&c=d failed | GET /x?a=b&token=…&c=d failed",
                "PlainLoginModule required username=\"u\" password=\"se cret\"; | PlainLoginModule "
                        + "required username=\"u\" password=…;",
                "{\"authParams\":\"secret\",\"a\":1} | {\"authParams\":\"…\",\"a\":1}",
                "Authorization: Basic c2VjcmV0 | Authorization: …",
                "401 for Bearer c2VjcmV0OnNlY3JldA | 401 for Bearer …",
                "jdbc:postgresql://h/db?user=u&password=secret&sslpassword=secret | "
                        + "jdbc:postgresql://h/db?user=u&password=…&sslpassword=…"
            })
    void freeText_withSecrets_isShownWithoutThem(String text, String shown) {
        assertThat(SecretMask.freeText(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Kafka at one:9092,two:9092 refuses the login",
                "KAFKA_BOOTSTRAP_SERVERS=one:9092: no address is found",
                "on: http://localhost:9200, https://es:9243/path",
                "Connect to http://es:9200: Connection refused: Socket@3f2a1b",
                "Basic authentication failed",
                "Unexpected token: END_ARRAY at line 1, column 2",
                "queue zipkin of localhost:5672, virtual host /",
                "Caused by zipkin.ee.storage.StorageUnavailableException: 3 spans of 100 @ 12:30:01"
            })
    void freeText_withoutSecrets_isShownUnchanged(String text) {
        assertThat(SecretMask.freeText(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "QUERY_PORT | abc | abc",
                "COLLECTOR_SAMPLE_RATE | -0,5 | -0,5",
                "STORAGE_TYPE | postgres | postgres",
                "POSTGRES_PORT | tcp://10.0.0.1:5432 | tcp://… (19 characters)",
                "ES_HOSTS | http://u:secret@h | http://… (17 characters)",
                "ES_HOSTS | user:secret | … (11 characters)",
                "ES_HOSTS | secret://h | … (10 characters)",
                "ES_PASSWORD | secret | … (6 characters)",
                "SQS_AWS_SECRET_ACCESS_KEY | http://secret | … (13 characters)",
                "ES_INDEX | aB3kXs3cr3tX/K7MDENG | … (20 characters)"
            })
    void value_ofASetting_isShownWhenItIsPlain(String name, String text, String shown) {
        assertThat(SecretMask.value(name, text)).isEqualTo(shown);
    }
}
