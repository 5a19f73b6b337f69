package zipkin.ee.storage.jpa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.storage.jpa.index.Bytes;

/**
 * Texts that spans have in common: tag keys, names, addresses, frequent values. A text in a row of
 * a span is a variable-length number: twice its place in the table, or one more than twice its
 * length in UTF-16 units, which follow as variable-length numbers, so that any text comes back as
 * it was. The table as bytes is the number of its texts, then the texts, none of which refers to a
 * table. Immutable.
 */
final class StringTable {
    static final StringTable EMPTY = new StringTable(0, List.of());

    private final int id;
    private final String[] texts;
    private final Map<String, Integer> places;

    /**
     * @param id number of its row in {@code zipkin_dictionary}; 0 for the empty one, which has none
     */
    StringTable(int id, List<String> texts) {
        this.id = id;
        this.texts = texts.toArray(String[]::new);
        this.places = new HashMap<>(texts.size() * 2);
        for (int place = 0; place < this.texts.length; place++) {
            places.put(this.texts[place], place);
        }
    }

    int id() {
        return id;
    }

    static StringTable decode(int id, byte[] data) {
        Bytes in = new Bytes(data);
        int count = (int) in.readVarint();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(EMPTY.read(in));
        }
        return new StringTable(id, texts);
    }

    byte[] encode() {
        Bytes out = new Bytes();
        out.writeVarint(texts.length);
        for (String text : texts) {
            EMPTY.write(text, out);
        }
        return out.toArray();
    }

    void write(String text, Bytes out) {
        Integer place = places.get(text);
        if (place != null) {
            out.writeVarint(2L * place);
            return;
        }
        int length = text.length();
        out.writeVarint(2L * length + 1);
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                out.writeByte(unit);
            } else {
                out.writeVarint(unit);
            }
        }
    }

    String read(Bytes in) {
        int number = (int) in.readVarint();
        if ((number & 1) == 0) {
            return texts[number >> 1];
        }
        char[] units = new char[number >> 1];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) in.readVarint();
        }
        return new String(units);
    }
}
