package dev.cks.sim.console;

import dev.cks.sim.hsm.Fleet;
import dev.cks.sim.hsm.HsmNode;
import dev.cks.sim.hsm.HsmReturn;
import dev.cks.sim.hsm.KeyObject;
import dev.cks.sim.user.UserView;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmSession.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The HSMs as a tool is connected to them, and the tool's login. Who is logged in where, only the
 * HSMs know. Every question passes the fleet's gate.
 */
final class Servers {
  private final Fleet fleet;

  /** Stands for the connection: what the HSMs know the tool by. */
  private final Object session = new Object();

  Servers(Fleet fleet) {
    this.fleet = fleet;
  }

  /** What one HSM said. */
  record Answer(int number, HsmNode node, HsmReturn result) {
    boolean ok() {
      return result == HsmReturn.SUCCESS;
    }

    /** For example {@code server 0(10.0.1.10)}. */
    String server() {
      return "server " + number + "(" + node.address() + ")";
    }
  }

  Fleet fleet() {
    return fleet;
  }

  Object session() {
    return session;
  }

  /** Asks each active HSM; the gate answers for those that do not. */
  List<Answer> ask(Function<HsmNode, HsmReturn> question) {
    return ask(question, fleet::onEach);
  }

  /** The same for what changes something: it is entered into the journal. */
  List<Answer> change(String what, Function<HsmNode, HsmReturn> question) {
    return ask(question, each -> fleet.onEach(what, each));
  }

  private List<Answer> ask(
      Function<HsmNode, HsmReturn> question,
      Function<Function<HsmNode, @Nullable Reason>, List<Outcome>> gate) {
    synchronized (fleet) {
      Map<String, HsmReturn> exact = new HashMap<>();
      List<Outcome> outcomes =
          gate.apply(
              node -> {
                HsmReturn result = question.apply(node);
                exact.put(node.id(), result);
                return result.reason();
              });
      return outcomes.stream().map(outcome -> answer(outcome, exact.get(outcome.hsm()))).toList();
    }
  }

  private Answer answer(Outcome outcome, @Nullable HsmReturn exact) {
    HsmNode node = fleet.node(outcome.hsm());
    HsmReturn result =
        exact != null && exact.reason() == outcome.failure()
            ? exact
            : HsmReturn.of(outcome.failure());
    return new Answer(fleet.nodes().indexOf(node), node, result);
  }

  /** The HSMs that answer at all, asked for what anybody may know. */
  List<Answer> reachable() {
    return ask(node -> HsmReturn.SUCCESS);
  }

  /** The keys that the tool's user owns, over all HSMs that it is logged in on, by handle. */
  List<KeyObject> keys(Predicate<KeyObject> filter) {
    Map<Integer, KeyObject> found = new TreeMap<>();
    ask(
        node -> {
          UserView user = node.userOf(session);
          if (user == null) {
            return HsmReturn.NOT_LOGGED_IN;
          }
          node.keysOwnedBy(user.name()).stream()
              .filter(filter)
              .forEach(key -> found.putIfAbsent(key.handle(), key));
          return HsmReturn.SUCCESS;
        });
    return new ArrayList<>(found.values());
  }

  /** Deletes a key with the rights of the tool's user. */
  List<Answer> destroy(int handle) {
    return change("delete key " + handle, node -> fleet.destroy(node, session, handle));
  }

  /** As whom the tool is logged in on some HSM at least. */
  @Nullable UserView user() {
    List<UserView> users = new ArrayList<>();
    ask(
        node -> {
          UserView user = node.userOf(session);
          if (user != null) {
            users.add(user);
          }
          return HsmReturn.SUCCESS;
        });
    return users.stream().min(Comparator.comparing(UserView::id)).orElse(null);
  }

  /** Ends the login on each HSM, reachable or not: the connection breaks. */
  void disconnect() {
    synchronized (fleet) {
      fleet.nodes().forEach(node -> node.logout(session));
    }
  }
}
