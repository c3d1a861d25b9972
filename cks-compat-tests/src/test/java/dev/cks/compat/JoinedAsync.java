package dev.cks.compat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/** An asynchronous client as a synchronous one, so that the same story can be told to both. */
final class JoinedAsync implements InvocationHandler {
  private final KmsAsyncClient client;

  private JoinedAsync(KmsAsyncClient client) {
    this.client = client;
  }

  static KmsClient of(KmsAsyncClient client) {
    return (KmsClient)
        Proxy.newProxyInstance(
            KmsClient.class.getClassLoader(),
            new Class<?>[] {KmsClient.class},
            new JoinedAsync(client));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      client.close();
      return null;
    }
    if (isOperation(method, arguments)) {
      return join(
          (CompletableFuture<?>)
              KmsAsyncClient.class
                  .getMethod(method.getName(), method.getParameterTypes())
                  .invoke(client, arguments));
    }
    // the overloads that take a builder's consumer, and the paginators
    return InvocationHandler.invokeDefault(proxy, method, arguments);
  }

  private static boolean isOperation(Method method, Object[] arguments) {
    return KmsResponse.class.isAssignableFrom(method.getReturnType())
        && arguments != null
        && arguments[0] instanceof KmsRequest;
  }

  private static Object join(CompletableFuture<?> answer) throws Throwable {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }
}
