package zipkin.ee.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    private static final Setting<String> HOST =
            Setting.text("SCOUTER_COLLECTOR_ADDR", "127.0.0.1", "Host of the Scouter collector.");
    private static final Setting<Integer> PORT =
            Setting.integer("SCOUTER_COLLECTOR_PORT", 6100, 1, 65_535, "Its UDP port.");
    private static final Setting<Integer> MAX_PACKET = Setting.integer(
            "SCOUTER_UDP_PACKET_MAX_BYTES", 60_000, 10_000, 65_000, "Most bytes of one datagram to Scouter.");
    private static final Setting<List<String>> LOGIN = tags("LOGIN", "login, the first of them that a span has");
    private static final Setting<List<String>> DESCRIPTION = tags("DESC", "desc, the first of them that a span has");
    private static final Setting<List<String>> TEXT1 = tags("TEXT1", "text1");
    private static final Setting<List<String>> TEXT2 = tags("TEXT2", "text2");
    private static final Setting<List<String>> TEXT3 = tags("TEXT3", "text3");
    private static final Setting<List<String>> TEXT4 = tags("TEXT4", "text4");
    private static final Setting<List<String>> TEXT5 = tags("TEXT5", "text5");
    private static final Setting<List<String>> TYPES = Setting.list(
            "SCOUTER_SERVICE_MAPS_OJB_TYPE",
            "",
            "Scouter's types of services, service=type comma separated. Not named: the service's own name.");

    private static Setting<List<String>> tags(String column, String description) {
        return Setting.list(
                "SCOUTER_TAG_MAP_" + column, "", "Tags for the column " + description + " of Scouter's XLogs.");
    }

    static List<Setting<?>> settings() {
        return List.of(HOST, PORT, MAX_PACKET, LOGIN, DESCRIPTION, TEXT1, TEXT2, TEXT3, TEXT4, TEXT5, TYPES);
    }

    static ScouterSettings from(SettingsReader reader) {
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
                types(reader));
    }

    private static Map<String, String> types(SettingsReader reader) {
        Map<String, String> types = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String pair : reader.get(TYPES)) {
            int equals = pair.indexOf('=');
            if (equals <= 0 || equals == pair.length() - 1) {
                wrong.add(pair);
            } else {
                types.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        if (!wrong.isEmpty()) {
            reader.refuse(TYPES.name(), String.join(",", wrong), "service=type, comma separated");
        }
        return types;
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
