package zipkin.ee.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CasesTest {

    @Test
    void cases_allConfigurations_areAtLeast300() {
        assertThat(Configuration.all().stream().mapToInt(c -> c.cases().size()).sum())
                .isGreaterThan(300);
    }

    @Test
    void cases_ofOneConfiguration_haveDistinctNames() {
        for (Configuration configuration : Configuration.all()) {
            List<String> names = configuration.cases().stream().map(Case::name).toList();
            assertThat(names).as(configuration.name()).doesNotHaveDuplicates();
        }
    }
}
