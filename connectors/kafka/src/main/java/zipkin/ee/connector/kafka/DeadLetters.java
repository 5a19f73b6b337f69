package zipkin.ee.connector.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.DeadLetterHeaders;

/**
 * Sends messages that cannot be read to {@code <topic>.dlt}: key, value and headers unmodified, and
 * headers as text that say why and from where: zipkin-reason, zipkin-topic, zipkin-partition,
 * zipkin-offset, zipkin-timestamp (epoch milliseconds). A message that the topic takes for too
 * large goes without its value, with the header zipkin-value. The producer exists from the first
 * letter on. Not thread safe.
 */
final class DeadLetters implements AutoCloseable {
    static final String SUFFIX = ".dlt";
    private static final long LIMIT_SECONDS = 40;

    /**
     * @param record as it came
     * @param reason why it cannot be read
     */
    record Letter(ConsumerRecord<byte[], byte[]> record, String reason) {
        String topic() {
            return record.topic() + SUFFIX;
        }
    }

    private final KafkaClients clients;
    private @Nullable Producer<byte[], byte[]> producer;

    DeadLetters(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Returns when the brokers have the letters or refused them, at the latest after 40 s.
     *
     * @return what failed, by letter; no letter that is not in it can be lost
     */
    Map<Letter, Exception> send(List<Letter> letters) {
        Map<Letter, Exception> failures = new HashMap<>();
        if (letters.isEmpty()) {
            return failures;
        }
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try {
            List<Future<?>> sent = sendAll(letters, producer());
            for (int i = 0; i < letters.size(); i++) {
                Exception failure = failure(sent.get(i), deadlineNanos);
                if (failure instanceof RecordTooLargeException) {
                    failure = failure(attempt(producer(), withoutValue(letters.get(i))), deadlineNanos);
                }
                if (failure != null) {
                    failures.put(letters.get(i), failure);
                }
            }
        } catch (KafkaException e) {
            letters.forEach(letter -> failures.put(letter, e));
        }
        if (!failures.isEmpty()) {
            // It may be one that the brokers refuse for good, such as after a changed password.
            close();
        }
        return failures;
    }

    /**
     * A send to a topic that cannot be had blocks for seconds, so only the first one of a topic
     * does.
     */
    private static List<Future<?>> sendAll(List<Letter> letters, Producer<byte[], byte[]> producer) {
        List<Future<?>> sent = new ArrayList<>(letters.size());
        Map<String, Future<?>> refusing = new HashMap<>();
        for (Letter letter : letters) {
            Future<?> refused = refusing.get(letter.topic());
            Future<?> future = refused != null ? refused : attempt(producer, record(letter, letter.record.value()));
            if (future.isDone()
                    && failure(future, System.nanoTime()) instanceof org.apache.kafka.common.errors.TimeoutException) {
                refusing.put(letter.topic(), future);
            }
            sent.add(future);
        }
        return sent;
    }

    private static Future<?> attempt(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> letter) {
        try {
            return producer.send(letter);
        } catch (IllegalArgumentException e) {
            // Brokers before 0.11 have no headers.
            return producer.send(new ProducerRecord<>(letter.topic(), letter.key(), letter.value()));
        }
    }

    private static @Nullable Exception failure(Future<?> sent, long deadlineNanos) {
        try {
            sent.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    private static ProducerRecord<byte[], byte[]> withoutValue(Letter letter) {
        ProducerRecord<byte[], byte[]> record = record(letter, null);
        add(record.headers(), "zipkin-value", "left out, too large: " + letter.record.serializedValueSize() + " bytes");
        return record;
    }

    private static ProducerRecord<byte[], byte[]> record(Letter letter, byte @Nullable [] value) {
        ConsumerRecord<byte[], byte[]> source = letter.record;
        Headers headers = new RecordHeaders(source.headers().toArray());
        add(headers, DeadLetterHeaders.REASON, DeadLetterHeaders.shortened(letter.reason));
        add(headers, DeadLetterHeaders.TOPIC, source.topic());
        add(headers, "zipkin-partition", Integer.toString(source.partition()));
        add(headers, "zipkin-offset", Long.toString(source.offset()));
        add(headers, "zipkin-timestamp", Long.toString(source.timestamp()));
        return new ProducerRecord<>(letter.topic(), null, source.key(), value, headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = clients.producer();
        }
        return producer;
    }

    /** Lets go of the producer; the next letter makes another. */
    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
