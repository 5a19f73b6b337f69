package zipkin.ee.transport.kinesis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Leases in DynamoDB, by the names of the Kinesis Client Library's table, so that a table of the
 * reference is taken over, and the library's tools show ours. Each change is conditional:
 * {@code false} says that another server was there first. Thread safe; calls block, and throw
 * {@link software.amazon.awssdk.core.exception.SdkException} when the table can't be used.
 */
final class LeaseTable {
    private static final String KEY = "leaseKey";
    private static final String OWNER = "leaseOwner";
    private static final String COUNTER = "leaseCounter";
    private static final String CHECKPOINT = "checkpoint";
    private static final String SUB_SEQUENCE = "checkpointSubSequenceNumber";
    private static final String SWITCHES = "ownerSwitchesSinceCheckpoint";
    private static final String PARENTS = "parentShardId";
    /** What LATEST means; the library has no such attribute, and takes the time of each start. */
    private static final String SINCE = "latestSince";

    private static final String OWNED_BY_ME = "leaseOwner = :me";

    private final Supplier<DynamoDbClient> client;
    private final String table;
    private final String me;

    /**
     * @param me the owner for whom leases are taken
     */
    LeaseTable(Supplier<DynamoDbClient> client, String table, String me) {
        this.client = client;
        this.table = table;
        this.me = me;
    }

    /** Creates the table when there is none. Whether it can be used yet. */
    boolean isReady() {
        try {
            return client.get()
                            .describeTable(request -> request.tableName(table))
                            .table()
                            .tableStatus()
                    != TableStatus.CREATING;
        } catch (ResourceNotFoundException e) {
            create();
            return false;
        }
    }

    private void create() {
        try {
            client.get().createTable(request -> request.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName(KEY)
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName(KEY)
                            .keyType(KeyType.HASH)
                            .build()));
        } catch (ResourceInUseException e) {
            // Another server is creating it.
        }
    }

    List<Lease> all() {
        return client.get().scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .map(LeaseTable::lease)
                .toList();
    }

    private static Lease lease(Map<String, AttributeValue> item) {
        return new Lease(
                text(item, KEY),
                item.containsKey(OWNER) ? item.get(OWNER).s() : null,
                number(item, COUNTER),
                text(item, CHECKPOINT),
                number(item, SINCE),
                item.containsKey(PARENTS) ? item.get(PARENTS).ss() : List.of());
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        String text = value == null || value.n() == null ? "" : value.n();
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** Adds a lease without owner for a shard that has no lease. */
    boolean add(Lease lease) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                KEY, text(lease.shardId()),
                COUNTER, number(0),
                CHECKPOINT, text(lease.checkpoint()),
                SUB_SEQUENCE, number(0),
                SWITCHES, number(0)));
        if (!lease.parents().isEmpty()) {
            item.put(PARENTS, AttributeValue.fromSs(lease.parents()));
        }
        return isMet(() -> client.get()
                .putItem(request ->
                        request.tableName(table).item(item).conditionExpression("attribute_not_exists(" + KEY + ")")));
    }

    /**
     * Becomes the owner, unless the lease has changed since it was read.
     *
     * @param sinceMillis what LATEST means from now on, if it has no meaning yet
     */
    boolean take(Lease lease, long sinceMillis) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":me", text(me),
                ":next", number(lease.counter() + 1),
                ":one", number(1),
                ":since", number(sinceMillis),
                ":counter", number(lease.counter())));
        String owner = lease.owner();
        if (owner != null) {
            values.put(":owner", text(owner));
        }
        return update(
                lease.shardId(),
                "SET leaseOwner = :me, leaseCounter = :next, ownerSwitchesSinceCheckpoint = "
                        + "ownerSwitchesSinceCheckpoint + :one, latestSince = if_not_exists(latestSince, :since)",
                "leaseCounter = :counter AND "
                        + (owner == null ? "attribute_not_exists(leaseOwner)" : "leaseOwner = :owner"),
                values);
    }

    /** Advances the counter, by which other servers see that this one is alive. */
    boolean renew(String shardId) {
        return update(
                shardId,
                "SET leaseCounter = leaseCounter + :one",
                OWNED_BY_ME,
                Map.of(":me", text(me), ":one", number(1)));
    }

    /** Records up to where the shard is stored. */
    boolean checkpoint(String shardId, String checkpoint) {
        return update(
                shardId,
                "SET checkpoint = :checkpoint, checkpointSubSequenceNumber = :zero, "
                        + "ownerSwitchesSinceCheckpoint = :zero",
                OWNED_BY_ME,
                Map.of(":me", text(me), ":checkpoint", text(checkpoint), ":zero", number(0)));
    }

    /** Lets other servers take the lease at once. */
    boolean release(String shardId) {
        return update(shardId, "REMOVE leaseOwner", OWNED_BY_ME, Map.of(":me", text(me)));
    }

    /** Deletes the lease of a shard that is gone from the stream. */
    void delete(String shardId) {
        client.get().deleteItem(request -> request.tableName(table).key(Map.of(KEY, text(shardId))));
    }

    private boolean update(String shardId, String expression, String condition, Map<String, AttributeValue> values) {
        return isMet(() -> client.get().updateItem(request -> request.tableName(table)
                .key(Map.of(KEY, text(shardId)))
                .updateExpression(expression)
                .conditionExpression(condition)
                .expressionAttributeValues(values)));
    }

    private static boolean isMet(Runnable change) {
        try {
            change.run();
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
