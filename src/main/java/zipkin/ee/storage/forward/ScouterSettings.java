package zipkin.ee.storage.forward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingText;
import zipkin.ee.config.SettingsReader;

/**
 * STORAGE_TYPE=scouter. Lists are names of tags whose values fill a column of Scouter's XLogs.
 *
 * @param host of the collector
 * @param port of its UDP socket
 * @param maxPacketBytes of one datagram
 * @param objectTypes Scouter's types by services that are not to have one of their own name
 */
public record ScouterSettings(
        String host,
        int port,
        int maxPacketBytes,
        List<String> loginTags,
        List<String> descriptionTags,
        List<String> text1Tags,
        List<String> text2Tags,
        List<String> text3Tags,
        List<String> text4Tags,
        List<String> text5Tags,
        Map<String, String> objectTypes) {
    private static final String FIRST = ": the first one that a span has.";

    private static final Setting<String> HOST =
            Setting.text("SCOUTER_COLLECTOR_ADDR", "127.0.0.1", "Host of the Scouter collector.");
    private static final Setting<Integer> PORT =
            Setting.integer("SCOUTER_COLLECTOR_PORT", 6100, 1, 65_535, "UDP port of the Scouter collector.");
    private static final Setting<Integer> MAX_PACKET = Setting.integer(
            "SCOUTER_UDP_PACKET_MAX_BYTES",
            60_000,
            10_000,
            65_000,
            "Maximum size of one datagram to Scouter, in bytes.");
    private static final Setting<List<String>> LOGIN = tags("LOGIN", "login", FIRST);
    private static final Setting<List<String>> DESCRIPTION = tags("DESC", "desc", FIRST);
    private static final Setting<List<String>> TEXT1 = tags("TEXT1", "text1", ".");
    private static final Setting<List<String>> TEXT2 = tags("TEXT2", "text2", ".");
    private static final Setting<List<String>> TEXT3 = tags("TEXT3", "text3", ".");
    private static final Setting<List<String>> TEXT4 = tags("TEXT4", "text4", ".");
    private static final Setting<List<String>> TEXT5 = tags("TEXT5", "text5", ".");
    private static final Setting<Map<String, String>> TYPES = Setting.of(
            "SCOUTER_SERVICE_MAPS_OJB_TYPE",
            "",
            "service=type, comma separated",
            "Scouter's types of services, service=type, comma separated. Without one, a service has a type of its "
                    + "own name.",
            ScouterSettings::types);

    private static Setting<List<String>> tags(String name, String column, String which) {
        return Setting.list(
                "SCOUTER_TAG_MAP_" + name, "", "Tags for the column " + column + " of Scouter's XLogs" + which);
    }

    public static ScouterSettings from(SettingsReader reader) {
        return new ScouterSettings(
                reader.get(HOST),
                reader.get(PORT),
                reader.get(MAX_PACKET),
                reader.get(LOGIN),
                reader.get(DESCRIPTION),
                reader.get(TEXT1),
                reader.get(TEXT2),
                reader.get(TEXT3),
                reader.get(TEXT4),
                reader.get(TEXT5),
                reader.get(TYPES));
    }

    private static Map<String, String> types(String text) {
        Map<String, String> types = new LinkedHashMap<>();
        for (String pair : SettingText.list(text)) {
            int equals = pair.indexOf('=');
            if (equals <= 0 || equals == pair.length() - 1) {
                throw new IllegalArgumentException("not service=type");
            }
            types.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return types;
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
