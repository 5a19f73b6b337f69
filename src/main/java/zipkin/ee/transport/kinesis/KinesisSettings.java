package zipkin.ee.transport.kinesis;

import java.util.ArrayList;
import java.util.List;
import zipkin.ee.aws.AwsAccessSettings;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Spans from Amazon Kinesis.
 *
 * @param enabled whether the stream is read when there is one
 * @param stream its name; empty for none
 * @param otlpStream the name of a further stream, which holds OTLP; empty for none
 * @param application name of the DynamoDB table that holds leases and checkpoints; servers with the
 *     same name share the stream
 * @param fromOldest whether the first reading of a shard starts at its oldest record rather than at
 *     new ones
 * @param concurrency shards that this server reads at the same time
 * @param maxRecords of one read of a shard
 * @param access credentials and region
 */
public record KinesisSettings(
        boolean enabled,
        String stream,
        String otlpStream,
        String application,
        boolean fromOldest,
        int concurrency,
        int maxRecords,
        AwsAccessSettings access) {
    /**
     * A stream.
     *
     * @param table of its leases, which it shares with no other stream: their keys are names of
     *     shards
     * @param otlp whether it holds OTLP
     */
    public record Stream(String name, String table, boolean otlp) {}

    private static final String OTLP_TABLE = "-otlp";
    private static final int MAX_TABLE = 255;
    private static final String LATEST = "LATEST";
    private static final String TRIM_HORIZON = "TRIM_HORIZON";

    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_KINESIS_ENABLED",
            true,
            "Whether spans are taken from Amazon Kinesis when KINESIS_STREAM_NAME is set.");
    private static final Setting<String> STREAM = name(
            "KINESIS_STREAM_NAME",
            "",
            "{1,128}",
            "Name of the Kinesis stream that holds spans. Unset: no spans from Kinesis.");
    private static final Setting<String> OTLP_STREAM = name(
            "KINESIS_OTLP_STREAM_NAME",
            "",
            "{1,128}",
            "Name of a Kinesis stream that holds OTLP in protobuf or JSON. Its leases are in the table "
                    + "<KINESIS_APP_NAME>-otlp. Unset: none.");
    private static final Setting<String> APPLICATION = name(
            "KINESIS_APP_NAME",
            "zipkin",
            "{3,255}",
            "Name of the DynamoDB table that holds the leases and checkpoints of shards. Servers with the same "
                    + "name share the stream.");
    private static final Setting<String> POSITION = Setting.choice(
            "KINESIS_INITIAL_POSITION",
            List.of(LATEST, TRIM_HORIZON),
            "Where the first reading of a shard starts: at new records, or at the oldest record that the "
                    + "stream still has.");
    private static final Setting<Integer> CONCURRENCY = Setting.integer(
            "KINESIS_CONCURRENCY",
            2,
            1,
            100,
            "Shards that this server reads at the same time, each with its own thread.");
    private static final Setting<Integer> MAX_RECORDS = Setting.integer(
            "KINESIS_MAX_RECORDS", 1000, 1, 10_000, "Maximum number of records of one read of a shard.");
    private static final AwsAccessSettings.Names ACCESS =
            new AwsAccessSettings.Names("KINESIS", "the Kinesis stream", "the one that the AWS SDK finds (AWS_REGION)");

    private static Setting<String> name(String name, String defaultText, String length, String description) {
        return Setting.text(
                name,
                defaultText,
                "[a-zA-Z0-9_.-]" + length,
                "letters, digits, '_', '.' and '-', as AWS allows them",
                description);
    }

    public static KinesisSettings from(SettingsReader reader) {
        boolean enabled = reader.get(ENABLED);
        String stream = reader.get(STREAM);
        String otlpStream = reader.get(OTLP_STREAM);
        String application = reader.get(APPLICATION);
        if (!otlpStream.isEmpty() && otlpStream.equals(stream)) {
            reader.refuseShared(OTLP_STREAM, otlpStream, STREAM);
        }
        if (!otlpStream.isEmpty() && application.length() + OTLP_TABLE.length() > MAX_TABLE) {
            reader.refuse(
                    APPLICATION,
                    application,
                    "at most " + (MAX_TABLE - OTLP_TABLE.length()) + " characters, since " + OTLP_STREAM.name()
                            + " is set");
        }
        return new KinesisSettings(
                enabled,
                stream,
                otlpStream,
                application,
                reader.get(POSITION).equals(TRIM_HORIZON),
                reader.get(CONCURRENCY),
                reader.get(MAX_RECORDS),
                ACCESS.from(reader, null));
    }

    /** The streams that are read. */
    public List<Stream> streams() {
        List<Stream> streams = new ArrayList<>();
        if (!stream.isEmpty()) {
            streams.add(new Stream(stream, application, false));
        }
        if (!otlpStream.isEmpty()) {
            streams.add(new Stream(otlpStream, application + OTLP_TABLE, true));
        }
        return streams;
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
