/**
 * A Dataverse on loopback as its Web API answers: login, schema, pages, changes, refusals and limits.
 *
 * <p>{@link dev.caravan.sandbox.dataverse.DataverseSandbox} is the way in:
 *
 * <pre>{@code
 * try (DataverseSandbox sandbox = DataverseSandbox.start(0)) {
 *     DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
 *     sandbox.url();        // the environment:  http://127.0.0.1:41234
 *     sandbox.loginUrl();   // the login host:   http://127.0.0.1:41235
 *     // DataverseSandbox.TENANT, CLIENT_ID, CLIENT_SECRET may log in; sandbox.token() is taken as it is
 *
 *     DataverseTable products = sandbox.table("vin_products");
 *     String key = products.insert(Map.of("vin_name", "Cork"));
 *     products.update(key, Map.of("vin_name", "Corks"));
 *     products.delete(key);
 *     products.rows();      // the state a target in step with it holds
 *
 *     sandbox.switches().latency(Duration.ofMillis(200)).inFunction(false);
 *     sandbox.faults().on(DataverseSandbox.DATA).next(2, DataverseFaults.throttled(Duration.ofSeconds(3)));
 *     sandbox.faults().on(DataverseSandbox.DATA + "contacts").at(3, SandboxFault.of(SandboxFault.Kind.LOST));
 *     sandbox.before("contacts", 2, () -> sandbox.edit("contacts", 1, 1, 1)); // between two pages
 *     sandbox.requestsOf("vin_products");
 *     sandbox.logins();
 *     sandbox.log().mostWithin(Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>Tables of one's own: {@code sandbox.publish(TableDescription.of(name, entitySet, primaryName, columns)
 * .withUsualColumns(), rows)}. What Dataverse can and this cannot: {@code $expand} of rows, {@code $apply}, lambdas,
 * {@code ContainValues} and {@code Between}, alternate keys, {@code $batch}, writing; lookups are sorted by id, not by
 * name. A page size in {@code Prefer} makes {@code $top} have no effect, as documented.
 *
 * <p>Knows the JDK and the parts that all sandboxes share.
 */
@NullMarked
package dev.caravan.sandbox.dataverse;

import org.jspecify.annotations.NullMarked;
