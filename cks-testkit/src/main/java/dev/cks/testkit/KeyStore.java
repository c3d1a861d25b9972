package dev.cks.testkit;

import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * In which state the key store is when a test begins: of one test, or of each test of a class. The
 * state is caused, so what repairs it on AWS repairs it here:
 *
 * <table>
 * <caption>How each error code is caused</caption>
 * <tr><th>code</th><th>somebody</th><th>repaired by</th></tr>
 * <tr><td>CLUSTER_NOT_FOUND</td><td>deleted the cluster</td><td>a related cluster</td></tr>
 * <tr><td>INSUFFICIENT_CLOUDHSM_HSMS</td><td>stopped every HSM</td><td>{@code
 * cluster.startNode(…)}</td></tr>
 * <tr><td>INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET</td><td>took the addresses of the first subnet</td>
 * <td>{@code cluster.takeAddresses("us-east-1a", -1)}</td></tr>
 * <tr><td>INTERNAL_ERROR</td><td>each HSM failed to log {@code kmsuser} in, once</td><td>nothing but
 * another connect</td></tr>
 * <tr><td>INVALID_CREDENTIALS</td><td>gave {@code kmsuser} another password</td><td>a new one, and
 * {@link TestKeyStore#updatePassword}</td></tr>
 * <tr><td>NETWORK_ERRORS</td><td>cut the network</td><td>{@code cluster.restoreNetwork()}</td></tr>
 * <tr><td>SUBNET_NOT_FOUND</td><td>deleted the first subnet</td><td>a related cluster</td></tr>
 * <tr><td>USER_LOCKED_OUT</td><td>tried five wrong passwords</td><td>a new one, and {@link
 * TestKeyStore#updatePassword}</td></tr>
 * <tr><td>USER_LOGGED_IN</td><td>is logged in as {@code kmsuser} in {@code key_mgmt_util}</td><td>
 * {@code logoutHSM} in another one</td></tr>
 * <tr><td>USER_NOT_FOUND</td><td>deleted {@code kmsuser}; if there are keys, on the last HSM only,
 * before they reached it</td><td>{@code cluster.createUser(…)}; if there are keys, a new password
 * too</td></tr>
 * </table>
 *
 * <p>A store that failed is disconnected before it is connected again. CONNECTING and DISCONNECTING
 * last until the clock has moved on by 20 minutes.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface KeyStore {

  /** The connection state. */
  ConnectionState state() default ConnectionState.CONNECTED;

  /** Why the connection failed: one code for {@code state = FAILED}, else none. */
  ConnectionErrorCode[] code() default {};
}
