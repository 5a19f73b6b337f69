package zipkin.ee.messaging;

import org.junit.jupiter.api.Test;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.MariaDbServer;

/** What a transport keeps on a database of its own process, too: once for each way of acknowledging, since servers take long to boot. */
abstract class MariaDbTransportContract extends SwitchedTransportContract {
    @Test
    void serverKilledTwice_inMidStream_losesNothingOnMariaDb() {
        try (DatabaseServer database = MariaDbServer.startDurable()) {
            killTwice(sql("mysql", "MYSQL_TCP_PORT", "MYSQL", database.createDatabase()));
        }
    }
}
