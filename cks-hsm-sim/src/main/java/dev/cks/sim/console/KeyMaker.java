package dev.cks.sim.console;

import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.hsm.HsmNode;
import dev.cks.sim.hsm.HsmReturn;
import dev.cks.sim.hsm.KeyObject;
import dev.cks.sim.hsm.KeyTemplate;
import dev.cks.sim.user.UserView;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Generates a key for the tool's user on all HSMs that it is logged in on. */
final class KeyMaker {
  private final Servers servers;

  KeyMaker(Servers servers) {
    this.servers = servers;
  }

  /** What came of it; the key is null if there is none. */
  record Made(List<Answer> answers, @Nullable KeyObject key) {
    long copies() {
      return answers.stream().filter(Answer::ok).count();
    }
  }

  /** Makes nothing if fewer HSMs than {@code minimum} would take the key. */
  Made make(KeyTemplate template, int minimum) {
    synchronized (servers.fleet()) {
      List<Answer> willing = servers.ask(this::willTake);
      UserView user = servers.user();
      if (user == null || willing.stream().filter(Answer::ok).count() < minimum) {
        return new Made(willing, null);
      }
      AtomicReference<@Nullable KeyObject> made = new AtomicReference<>();
      List<Answer> answers =
          servers.change(
              "make a key",
              node -> {
                HsmReturn answer = willTake(node);
                if (answer == HsmReturn.SUCCESS) {
                  answer = node.store(servers.session(), once(made, template, user.name()));
                }
                return answer;
              });
      return new Made(answers, made.get());
    }
  }

  private KeyObject once(
      AtomicReference<@Nullable KeyObject> made, KeyTemplate template, String owner) {
    KeyObject present = made.get();
    if (present != null) {
      return present;
    }
    KeyObject key = servers.fleet().newKey(template, owner);
    made.set(key);
    return key;
  }

  private HsmReturn willTake(HsmNode node) {
    HsmReturn right = node.accessToKeys(servers.session());
    return right == HsmReturn.SUCCESS && !servers.fleet().hasRoom(node)
        ? HsmReturn.TOO_MANY_KEYS
        : right;
  }
}
