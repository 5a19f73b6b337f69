package zipkin.ee.transport.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsException;
import zipkin.ee.aws.AwsJsonService;
import zipkin.ee.json.Json;

/**
 * Leases in DynamoDB, by the names of the Kinesis Client Library's table, so that a table of the
 * reference is taken over, and the library's tools show ours. Each change is conditional:
 * {@code false} says that another server was there first. Thread safe; calls block, and throw
 * {@link AwsException} when the table can't be asked.
 */
final class LeaseTable {
    static final AwsJsonService.Protocol PROTOCOL = new AwsJsonService.Protocol("DynamoDB_20120810", "1.0");

    private static final String KEY = "leaseKey";
    private static final String OWNER = "leaseOwner";
    private static final String COUNTER = "leaseCounter";
    private static final String CHECKPOINT = "checkpoint";
    /** Ours alone: the library starts again from now on, each time, until it has read a record. */
    private static final String SINCE = "latestSince";

    private static final String PARENTS = "parentShardId";

    private final AwsJsonService dynamo;
    private final String table;
    private final String me;

    /**
     * @param me the owner for whom leases are taken
     */
    LeaseTable(AwsJsonService dynamo, String table, String me) {
        this.dynamo = dynamo;
        this.table = table;
        this.me = me;
    }

    /** Makes the table when there is none. Whether it can be used yet. */
    boolean isReady() {
        try {
            return !Json.text(dynamo.call("DescribeTable", this::table), "Table", "TableStatus")
                    .equals("CREATING");
        } catch (AwsException e) {
            if (!e.is("ResourceNotFoundException")) {
                throw e;
            }
            create();
            return false;
        }
    }

    private void create() {
        try {
            dynamo.call("CreateTable", json -> {
                table(json);
                json.writeStringField("BillingMode", "PAY_PER_REQUEST");
                json.writeArrayFieldStart("AttributeDefinitions");
                json.writeStartObject();
                json.writeStringField("AttributeName", KEY);
                json.writeStringField("AttributeType", "S");
                json.writeEndObject();
                json.writeEndArray();
                json.writeArrayFieldStart("KeySchema");
                json.writeStartObject();
                json.writeStringField("AttributeName", KEY);
                json.writeStringField("KeyType", "HASH");
                json.writeEndObject();
                json.writeEndArray();
            });
        } catch (AwsException e) {
            if (!e.is("ResourceInUseException")) { // another server makes it
                throw e;
            }
        }
    }

    List<Lease> all() {
        List<Lease> leases = new ArrayList<>();
        String start = "";
        do {
            String from = start;
            Object answer = dynamo.call("Scan", json -> {
                table(json);
                json.writeBooleanField("ConsistentRead", true);
                if (!from.isEmpty()) {
                    json.writeObjectFieldStart("ExclusiveStartKey");
                    value(json, KEY, "S", from);
                    json.writeEndObject();
                }
            });
            for (Object item : Json.array(answer, "Items")) {
                leases.add(lease(item));
            }
            start = Json.text(answer, "LastEvaluatedKey", KEY, "S");
        } while (!start.isEmpty());
        return leases;
    }

    private static Lease lease(@Nullable Object item) {
        String owner = Json.text(item, OWNER, "S");
        return new Lease(
                Json.text(item, KEY, "S"),
                owner.isEmpty() ? null : owner,
                number(item, COUNTER),
                Json.text(item, CHECKPOINT, "S"),
                number(item, SINCE),
                Json.array(item, PARENTS, "SS").stream().map(String::valueOf).toList());
    }

    private static long number(@Nullable Object item, String name) {
        String text = Json.text(item, name, "N");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** A lease of nobody for a shard that has none. */
    boolean add(Lease lease) {
        return change("PutItem", json -> {
            json.writeStringField("ConditionExpression", "attribute_not_exists(" + KEY + ")");
            json.writeObjectFieldStart("Item");
            value(json, KEY, "S", lease.shardId());
            value(json, COUNTER, "N", "0");
            value(json, CHECKPOINT, "S", lease.checkpoint());
            value(json, "checkpointSubSequenceNumber", "N", "0");
            value(json, "ownerSwitchesSinceCheckpoint", "N", "0");
            if (!lease.parents().isEmpty()) {
                json.writeObjectFieldStart(PARENTS);
                json.writeArrayFieldStart("SS");
                for (String parent : lease.parents()) {
                    json.writeString(parent);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    /**
     * Makes it ours, as long as it is as it was read.
     *
     * @param sinceMillis what LATEST means from now on, if it has no meaning yet
     */
    boolean take(Lease lease, long sinceMillis) {
        return update(
                lease.shardId(),
                "SET leaseOwner = :me, leaseCounter = :next, ownerSwitchesSinceCheckpoint = "
                        + "ownerSwitchesSinceCheckpoint + :one, latestSince = if_not_exists(latestSince, :since)",
                "leaseCounter = :counter AND "
                        + (lease.owner() == null ? "attribute_not_exists(leaseOwner)" : "leaseOwner = :owner"),
                json -> {
                    value(json, ":me", "S", me);
                    value(json, ":next", "N", Long.toString(lease.counter() + 1));
                    value(json, ":one", "N", "1");
                    value(json, ":since", "N", Long.toString(sinceMillis));
                    value(json, ":counter", "N", Long.toString(lease.counter()));
                    if (lease.owner() != null) {
                        value(json, ":owner", "S", lease.owner());
                    }
                });
    }

    /** Shows that we live. */
    boolean renew(String shardId) {
        return update(shardId, "SET leaseCounter = leaseCounter + :one", "leaseOwner = :me", json -> {
            value(json, ":me", "S", me);
            value(json, ":one", "N", "1");
        });
    }

    /** Keeps how far it is stored. */
    boolean checkpoint(String shardId, String checkpoint) {
        return update(
                shardId,
                "SET checkpoint = :checkpoint, checkpointSubSequenceNumber = :zero, "
                        + "ownerSwitchesSinceCheckpoint = :zero",
                "leaseOwner = :me",
                json -> {
                    value(json, ":me", "S", me);
                    value(json, ":checkpoint", "S", checkpoint);
                    value(json, ":zero", "N", "0");
                });
    }

    /** Lets others take it at once. */
    boolean release(String shardId) {
        return update(shardId, "REMOVE leaseOwner", "leaseOwner = :me", json -> value(json, ":me", "S", me));
    }

    /** Of a shard that is gone from the stream. */
    void delete(String shardId) {
        change("DeleteItem", json -> key(json, shardId));
    }

    private boolean update(String shardId, String expression, String condition, Json.Writing values) {
        return change("UpdateItem", json -> {
            key(json, shardId);
            json.writeStringField("UpdateExpression", expression);
            json.writeStringField("ConditionExpression", condition);
            json.writeObjectFieldStart("ExpressionAttributeValues");
            values.write(json);
            json.writeEndObject();
        });
    }

    private boolean change(String operation, Json.Writing fields) {
        try {
            dynamo.call(operation, json -> {
                table(json);
                fields.write(json);
            });
            return true;
        } catch (AwsException e) {
            if (e.is("ConditionalCheckFailedException")) {
                return false;
            }
            throw e;
        }
    }

    private void table(JsonGenerator json) throws IOException {
        json.writeStringField("TableName", table);
    }

    private static void key(JsonGenerator json, String shardId) throws IOException {
        json.writeObjectFieldStart("Key");
        value(json, KEY, "S", shardId);
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, String name, String type, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField(type, text);
        json.writeEndObject();
    }
}
