package dev.cks.local.operator;

import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.api.Hsm;
import dev.cks.sim.user.UserView;
import dev.cks.spi.HsmKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cluster as its operators see it: each HSM with its own users and keys. */
final class ClusterView {
  private ClusterView() {}

  static Map<String, Object> brief(SimulatedCluster cluster) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("clusterId", cluster.id());
    view.put("state", cluster.facts().state().name());
    return view;
  }

  static Map<String, Object> of(SimulatedCluster cluster) {
    Map<String, Object> view = brief(cluster);
    view.put("trustAnchorCertificate", cluster.facts().trustAnchor());
    view.put("securityGroup", cluster.securityGroup());
    view.put("hsms", cluster.hsms().stream().map(hsm -> hsm(cluster, hsm)).toList());
    return view;
  }

  private static Map<String, Object> hsm(SimulatedCluster cluster, Hsm hsm) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("hsmId", hsm.hsmId());
    view.put("availabilityZone", hsm.availabilityZone());
    view.put("eniIp", hsm.eniIp());
    view.put("state", hsm.state().name());
    view.put("users", cluster.users(hsm.hsmId()).stream().map(ClusterView::user).toList());
    view.put("keys", cluster.keysOn(hsm.hsmId()).stream().map(ClusterView::key).toList());
    return view;
  }

  private static Map<String, Object> user(UserView user) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", user.id());
    view.put("name", user.name());
    view.put("role", user.role().name());
    view.put("failedLogins", user.failedLogins());
    view.put("locked", user.locked());
    view.put("loggedIn", user.loggedIn());
    return view;
  }

  private static Map<String, Object> key(HsmKey.Facts key) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("handle", key.reference());
    view.put("id", key.id().toString());
    view.put("label", key.label());
    view.put("created", key.created().toString());
    return view;
  }
}
