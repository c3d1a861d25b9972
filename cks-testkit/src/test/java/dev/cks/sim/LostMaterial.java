package dev.cks.sim;

import dev.cks.sim.hsm.HsmNode;
import dev.cks.sim.hsm.KeyObject;
import java.util.List;

/** What only a bug of the simulator could do; here because nobody else reaches its HSMs. */
public final class LostMaterial {
  private LostMaterial() {}

  /** Lets every HSM lose the material with a label, without anybody having done anything. */
  public static void of(SimulatedCluster cluster, String label) {
    for (HsmNode node : cluster.fleet().nodes()) {
      for (KeyObject key : List.copyOf(node.keys())) {
        if (key.label().equals(label)) {
          node.destroy(key.id());
        }
      }
    }
  }
}
