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
 *     sandbox.requestsOf("vin_products");
 * }
 * }</pre>
 *
 * <p>Knows the JDK and the parts that all sandboxes share.
 */
@NullMarked
package dev.caravan.sandbox.dataverse;

import org.jspecify.annotations.NullMarked;
