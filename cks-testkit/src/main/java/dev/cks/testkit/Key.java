package dev.cks.testkit;

import dev.cks.domain.key.KeyState;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A key that is in the key store when a test begins: of one test, or of each test of a class. Of
 * two declarations with one alias, the nearer one counts. A test gets it as {@link TestKey}.
 */
@Documented
@Inherited
@Repeatable(Key.All.class)
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {

  /** Its alias, for example {@code alias/orders}; none by default. */
  String alias() default "";

  /**
   * The state that DescribeKey shows, one at most. Without a word a key is Enabled in a connected
   * key store and Unavailable in any other; both can hold keys in PendingDeletion.
   */
  KeyState[] state() default {};

  /** Several keys. */
  @Documented
  @Inherited
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    Key[] value();
  }
}
