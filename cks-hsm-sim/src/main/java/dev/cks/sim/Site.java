package dev.cks.sim;

import dev.cks.sim.api.NetworkType;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What never changes of a cluster.
 *
 * @param subnets Availability Zone → subnet
 * @param counted whether it counts towards the quotas of the account
 * @param backedUp whether it has backups at all
 */
record Site(
    String id,
    Instant created,
    String vpcId,
    Map<String, String> subnets,
    NetworkType networkType,
    @Nullable String sourceBackupId,
    boolean counted,
    boolean backedUp) {

  Site {
    subnets = Collections.unmodifiableMap(new LinkedHashMap<>(subnets));
  }

  List<String> subnetIds() {
    return List.copyOf(subnets.values());
  }

  String securityGroupName() {
    return "cloudhsm-cluster-" + id + "-sg";
  }
}
