package dev.cks.local;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;

/**
 * Stands before an implementation of one of the SDK's client interfaces. The operations that it
 * leaves to their defaults, those of newer versions of the SDK too, throw the service's own error
 * and not the {@code java.lang.UnsupportedOperationException} of the default.
 */
final class UnknownOperations implements InvocationHandler {
  private final SdkClient client;
  private final Supplier<? extends RuntimeException> refusal;

  private UnknownOperations(SdkClient client, Supplier<? extends RuntimeException> refusal) {
    this.client = client;
    this.refusal = refusal;
  }

  /**
   * The client with that before it.
   *
   * @param refusal the service's error, made for each call
   */
  static <C extends SdkClient> C refused(
      Class<C> api, C client, Supplier<? extends RuntimeException> refusal) {
    return api.cast(
        Proxy.newProxyInstance(
            api.getClassLoader(), new Class<?>[] {api}, new UnknownOperations(client, refusal)));
  }

  @Override
  @SuppressWarnings("ProxyNonConstantType") // the interface is what it was made for
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getName().equals("equals") && args != null) {
      return proxy == args[0];
    }
    try {
      return method.invoke(client, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof UnsupportedOperationException
          ? refusal.get()
          : e.getTargetException();
    }
  }
}
