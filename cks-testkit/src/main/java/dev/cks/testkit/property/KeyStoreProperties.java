package dev.cks.testkit.property;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * A class of jqwik properties about code that uses a custom key store. Each try has a world of its
 * own: a parameter of type {@link dev.cks.testkit.simulation.KeyStoreWorld}, {@code SimulatedAws},
 * {@code KmsClient}, {@code SimulatedCluster} or {@code VirtualClock} is it or belongs to it, and
 * needs no annotation. {@code @ForAll ActionChain<KeyStoreWorld>} is what happens in it, see {@link
 * KeyStoreActions}; {@code @ForAll} also gives the values of {@link KmsArbitraries}.
 *
 * <p>After each try the invariants of the library must hold. When a property fails, jqwik's report
 * ends with the script of the shortest history that was found, and the command that takes it again.
 *
 * <pre>
 * &#64;KeyStoreProperties
 * class OrdersProperties {
 *   &#64;Property
 *   void orders_onceTheStoreIsConnectedAgain_areSealedWithinThreeTries(
 *       &#64;ForAll ActionChain&lt;KeyStoreWorld&gt; history, KeyStoreWorld world) {
 *     Orders orders = new Orders(world.kms(), world.keyId());
 *     history.run();
 *     assertThat(world.repair()).isTrue();
 *     assertThat(orders.seal("one umbrella", 3)).isPresent();
 *   }
 * }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@AddLifecycleHook(WorldPerTry.class)
@Domain(KeyStoreDomain.class)
@Domain(DomainContext.Global.class)
public @interface KeyStoreProperties {}
