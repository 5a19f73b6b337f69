package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of Scouter's packs, as its collector's {@code scouter.io.DataInputX} reads them. Not
 * thread safe.
 */
final class PackWriter {
    private static final int SHORT_BLOB = 253;
    private static final int LONG_BLOB = 65_535;
    private static final int OF_TWO_BYTES = 255;
    private static final int OF_FOUR_BYTES = 254;
    private static final int DECIMAL_VALUE = 20;
    private static final int TEXT_VALUE = 50;
    private static final int LIST_VALUE = 70;
    private static final int MAP_VALUE = 80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] bytes() {
        return bytes.toByteArray();
    }

    PackWriter put(byte[] written) {
        bytes.writeBytes(written);
        return this;
    }

    PackWriter octet(int value) {
        bytes.write(value);
        return this;
    }

    PackWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    PackWriter int16(int value) {
        return put(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
    }

    PackWriter int32(int value) {
        return put(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    PackWriter int64(long value) {
        return put(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** Its size, then as many bytes as it needs of 1, 2, 4 and 8; nothing for 0. */
    PackWriter decimal(long value) {
        if (value == 0) {
            return octet(0);
        }
        if (value == (byte) value) {
            return octet(Byte.BYTES).octet((int) value);
        }
        if (value == (short) value) {
            return octet(Short.BYTES).int16((int) value);
        }
        if (value == (int) value) {
            return octet(Integer.BYTES).int32((int) value);
        }
        return octet(Long.BYTES).int64(value);
    }

    /** Its size in a byte, or in two or four behind a byte that says so. */
    PackWriter blob(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return octet(0);
        }
        if (value.length <= SHORT_BLOB) {
            octet(value.length);
        } else if (value.length <= LONG_BLOB) {
            octet(OF_TWO_BYTES).int16(value.length);
        } else {
            octet(OF_FOUR_BYTES).int32(value.length);
        }
        return put(value);
    }

    PackWriter text(@Nullable String value) {
        return blob(value == null ? null : value.getBytes(UTF_8));
    }

    PackWriter decimalsValue(List<Long> values) {
        octet(LIST_VALUE).decimal(values.size());
        values.forEach(value -> octet(DECIMAL_VALUE).decimal(value));
        return this;
    }

    PackWriter textsValue(List<String> values) {
        octet(LIST_VALUE).decimal(values.size());
        values.forEach(value -> octet(TEXT_VALUE).text(value));
        return this;
    }

    /**
     * A map.
     *
     * @param values texts, or numbers as Long
     */
    PackWriter mapValue(Map<String, ?> values) {
        octet(MAP_VALUE).decimal(values.size());
        values.forEach((name, value) -> {
            text(name);
            if (value instanceof Long number) {
                octet(DECIMAL_VALUE).decimal(number);
            } else {
                octet(TEXT_VALUE).text(value.toString());
            }
        });
        return this;
    }
}
