package dev.cks.aws.doctor;

import java.time.Duration;
import java.util.Arrays;

/** How key stores are connected, disconnected and told things. */
final class ConnectionDeeds {
  private static final String CONNECTED = "CONNECTED";
  private static final String CONNECTING = "CONNECTING";
  private static final String DISCONNECTED = "DISCONNECTED";
  private static final String DISCONNECTING = "DISCONNECTING";

  private ConnectionDeeds() {}

  private static boolean is(Scene scene, String state) throws Surprise {
    return scene.store().connectionState().equals(state);
  }

  /**
   * Disconnects.
   *
   * @param unlessConnected for plans whose purpose is reached when the key store is connected
   */
  record Disconnect(boolean unlessConnected) implements Deed {
    @Override
    public boolean isDone(Scene scene) throws Surprise {
      return is(scene, DISCONNECTED) || (unlessConnected && is(scene, CONNECTED));
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      String id = scene.get(Scene.STORE);
      if (!is(scene, DISCONNECTING)) {
        scene
            .calls()
            .act(
                "DisconnectCustomKeyStore",
                () -> scene.calls().kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(id)));
      }
      Polling.until(scene, "disconnecting", () -> !is(scene, DISCONNECTING));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      return expect(scene, DISCONNECTED);
    }
  }

  /**
   * Connects and waits for the outcome.
   *
   * @param tolerant a failure is no surprise: the next steps deal with it
   */
  record Connect(boolean tolerant) implements Deed {
    @Override
    public boolean isDone(Scene scene) throws Surprise {
      return is(scene, CONNECTED);
    }

    @Override
    public void require(Scene scene) throws Surprise {
      if (!is(scene, CONNECTING)) {
        expect(scene, DISCONNECTED);
      }
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      String id = scene.get(Scene.STORE);
      try {
        scene
            .calls()
            .act(
                "ConnectCustomKeyStore",
                () -> scene.calls().kms.connectCustomKeyStore(r -> r.customKeyStoreId(id)));
      } catch (Surprise refusal) {
        if (!tolerant) {
          throw refusal;
        }
      }
      Polling.until(scene, "connecting", () -> !is(scene, CONNECTING));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      return tolerant ? describe(scene.store()) : expect(scene, CONNECTED);
    }
  }

  /** Waits for an attempt that is under way. */
  record Await() implements Deed {
    @Override
    public void perform(Scene scene) throws Surprise {
      Polling.until(scene, "the change", () -> !is(scene, CONNECTING) && !is(scene, DISCONNECTING));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      return describe(scene.store());
    }
  }

  /** Lets time pass, as the guide says, for what passes by itself. */
  record Wait(Duration time) implements Deed {
    @Override
    public boolean isDone(Scene scene) throws Surprise {
      return is(scene, CONNECTED);
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      scene.calls().pause(time);
    }

    @Override
    public String check(Scene scene) {
      return time.toMinutes() + " minutes have passed";
    }
  }

  /** Tells KMS the password that kmsuser has. */
  record Tell() implements Deed {
    @Override
    public void require(Scene scene) throws Surprise {
      expect(scene, DISCONNECTED);
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      String id = scene.get(Scene.STORE);
      char[] password = scene.practice().passwords().ask(KMSUSER, scene.clusterId());
      try {
        if (password.length == 0) {
          throw new Surprise("nobody gave the password of " + KMSUSER);
        }
        scene
            .calls()
            .actInSecret(
                "UpdateCustomKeyStore KeyStorePassword",
                () ->
                    scene
                        .calls()
                        .kms
                        .updateCustomKeyStore(
                            r -> r.customKeyStoreId(id).keyStorePassword(new String(password))));
      } finally {
        Arrays.fill(password, '\0');
      }
    }

    @Override
    public String check(Scene scene) {
      return "KMS was told; the next connection shows whether it is right";
    }
  }

  static final String KMSUSER = "kmsuser";

  /** Puts another cluster behind the key store. */
  record UseCluster() implements Deed {
    @Override
    public boolean isDone(Scene scene) throws Surprise {
      return scene.clusterId().equals(scene.store().clusterId());
    }

    @Override
    public void require(Scene scene) throws Surprise {
      expect(scene, DISCONNECTED);
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      String id = scene.get(Scene.STORE);
      String cluster = scene.get(Scene.CLUSTER);
      scene
          .calls()
          .act(
              "UpdateCustomKeyStore CloudHsmClusterId=" + cluster,
              () ->
                  scene
                      .calls()
                      .kms
                      .updateCustomKeyStore(
                          r -> r.customKeyStoreId(id).cloudHsmClusterId(cluster)));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      if (!scene.clusterId().equals(scene.store().clusterId())) {
        throw new Surprise("the key store still has cluster " + scene.store().clusterId());
      }
      return "CloudHsmClusterId=" + scene.store().clusterId();
    }
  }

  /** Deletes the key store. */
  record Delete() implements Deed {
    @Override
    public void require(Scene scene) throws Surprise {
      expect(scene, DISCONNECTED);
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      String id = scene.get(Scene.STORE);
      scene
          .calls()
          .act(
              "DeleteCustomKeyStore",
              () -> scene.calls().kms.deleteCustomKeyStore(r -> r.customKeyStoreId(id)));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      Answer<?> answer = Questions.stores(scene.calls(), scene.get(Scene.STORE));
      if (answer instanceof Answer.Refused<?> refused
          && refused.code().equals("CustomKeyStoreNotFoundException")) {
        return "the key store is gone";
      }
      throw new Surprise("the key store is still there");
    }
  }

  private static String expect(Scene scene, String state) throws Surprise {
    StoreView store = scene.store();
    if (!store.connectionState().equals(state)) {
      throw new Surprise("the key store is not " + state + ": " + describe(store));
    }
    return describe(store);
  }

  private static String describe(StoreView store) {
    String code = store.connectionErrorCode();
    return "ConnectionState="
        + store.connectionState()
        + (code == null ? "" : " ConnectionErrorCode=" + code);
  }
}
