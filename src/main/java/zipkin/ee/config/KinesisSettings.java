package zipkin.ee.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Spans from Amazon Kinesis.
 *
 * @param enabled whether the stream is read when there is one
 * @param stream its name; empty for none
 * @param application names the table of DynamoDB that holds leases and checkpoints, which servers
 *     of one name share
 * @param fromOldest whether a shard that nobody has read yet is read from its oldest record rather
 *     than from now on
 * @param concurrency shards that this server reads at the same time
 * @param maxRecords of one read of a shard
 * @param access credentials and region
 */
public record KinesisSettings(
        boolean enabled,
        String stream,
        String application,
        boolean fromOldest,
        int concurrency,
        int maxRecords,
        AwsAccessSettings access) {
    private static final String LATEST = "LATEST";
    private static final String TRIM_HORIZON = "TRIM_HORIZON";

    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_KINESIS_ENABLED",
            true,
            "Whether spans are taken from Amazon Kinesis where KINESIS_STREAM_NAME is set.");
    private static final Setting<String> STREAM =
            Setting.text("KINESIS_STREAM_NAME", "", "Name of the Kinesis stream that holds spans. Not set: dormant.");
    private static final Setting<String> APPLICATION = Setting.text(
            "KINESIS_APP_NAME",
            "zipkin",
            "Name of the table of DynamoDB that holds who reads a shard and up to where; servers of one "
                    + "name share the stream.");
    private static final Setting<String> POSITION = Setting.choice(
            "KINESIS_INITIAL_POSITION",
            List.of(LATEST, TRIM_HORIZON),
            "Where reading of a shard starts that nobody has read yet: new records only, or all that the "
                    + "stream still has.");
    private static final Setting<Integer> CONCURRENCY = Setting.integer(
            "KINESIS_CONCURRENCY", 2, 1, 100, "Shards that this server reads at the same time, a thread each.");
    private static final Setting<Integer> MAX_RECORDS =
            Setting.integer("KINESIS_MAX_RECORDS", 1000, 1, 10_000, "Most records of one read of a shard.");
    private static final AwsAccessSettings.Names ACCESS =
            new AwsAccessSettings.Names("KINESIS", "the Kinesis stream", "the one that the AWS SDK finds (AWS_REGION)");

    static List<Setting<?>> settings() {
        List<Setting<?>> settings =
                new ArrayList<>(List.of(ENABLED, STREAM, APPLICATION, POSITION, CONCURRENCY, MAX_RECORDS));
        settings.addAll(ACCESS.settings());
        return settings;
    }

    static KinesisSettings from(SettingsReader reader) {
        return new KinesisSettings(
                reader.get(ENABLED),
                name(reader, STREAM, "[a-zA-Z0-9_.-]{0,128}"),
                name(reader, APPLICATION, "[a-zA-Z0-9_.-]{3,255}"),
                reader.get(POSITION).equals(TRIM_HORIZON),
                reader.get(CONCURRENCY),
                reader.get(MAX_RECORDS),
                ACCESS.from(reader, null));
    }

    private static String name(SettingsReader reader, Setting<String> setting, String allowed) {
        String text = reader.get(setting);
        if (!text.matches(allowed)) {
            reader.refuse(setting.name(), text, "letters, digits, '_', '.' and '-', as AWS allows them");
        }
        return text;
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
