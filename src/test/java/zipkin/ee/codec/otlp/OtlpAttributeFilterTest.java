package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpAttributeFilterTest {
    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "host.name, host.name, true",
        "host.name, host.name2, false",
        "host.*, host.name, true",
        "host.*, host., true",
        "host.*, hostname, false",
        "*.name, host.name, true",
        "*.name, name, false",
        "a*b*c, aXbYc, true",
        "a*b*c, abc, true",
        "a*b*c, acb, false",
        "ab*ba, aba, false",
        "ab*ba, abba, true",
        "a*ab*b, aabb, true",
        "a*ab*b, aab, false",
        "**, x, true",
        "!host.*, host.name, false",
        "!host.*, os.name, true",
        "!*, x, false",
        "os.* host.*, host.name, true",
        "* !process.command_args !telemetry.sdk.*, process.command_args, false",
        "* !process.command_args !telemetry.sdk.*, telemetry.sdk.name, false",
        "* !process.command_args !telemetry.sdk.*, process.pid, true",
        "!host.id host.*, host.id, false"
    })
    void name_byEachPattern_isKeptOrNot(String patterns, String name, boolean expected) {
        assertThat(new AttributeFilter(List.of(patterns.split(" ", -1))).keeps(name))
                .isEqualTo(expected);
    }

    @Test
    void list_withoutPatterns_keepsNothing() {
        assertThat(new AttributeFilter(List.of()).keeps("a")).isFalse();
    }
}
