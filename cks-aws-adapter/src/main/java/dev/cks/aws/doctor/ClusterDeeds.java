package dev.cks.aws.doctor;

import dev.cks.aws.doctor.ClusterView.Hsm;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudhsmv2.model.Backup;

/** How clusters and HSMs are made. */
final class ClusterDeeds {
  private static final int ZONES = 2;

  private ClusterDeeds() {}

  /** Makes a cluster from a backup; the scene's cluster is that one from now on. */
  record Create(String backupId, List<String> subnets) implements Deed {
    private static final String MADE = "cluster made";

    @Override
    public boolean isDone(Scene scene) throws Surprise {
      return scene.find(MADE).isPresent() && isThere(scene);
    }

    private static boolean isThere(Scene scene) throws Surprise {
      Optional<ClusterView> cluster = scene.cluster(scene.get(Scene.CLUSTER));
      return cluster.isPresent() && !cluster.get().state().equals("CREATE_IN_PROGRESS");
    }

    @Override
    public void require(Scene scene) throws Surprise {
      if (chosen(scene).size() < ZONES) {
        throw new Surprise("two subnets in different Availability Zones are needed");
      }
    }

    private List<String> chosen(Scene scene) {
      return scene
          .find(Scene.SUBNETS)
          .map(text -> List.of(text.trim().split("\\s*,\\s*")))
          .orElse(subnets);
    }

    /** It knows the type and the mode of the HSMs, which must be the same. */
    private Backup backup(Scene scene) throws Surprise {
      Map<String, List<String>> filter = Map.of("backupIds", List.of(backupId));
      return scene
          .calls()
          .act(
              "DescribeBackups",
              () -> scene.calls().cloudHsm.describeBackups(r -> r.filters(filter)))
          .backups()
          .stream()
          .filter(found -> "READY".equals(found.backupStateAsString()))
          .findFirst()
          .orElseThrow(() -> new Surprise("the backup " + backupId + " is not READY"));
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      if (scene.find(MADE).isEmpty()) {
        List<String> ids = chosen(scene);
        Backup backup = backup(scene);
        String id =
            scene
                .calls()
                .act(
                    "CreateCluster SourceBackupId=" + backupId,
                    () ->
                        scene
                            .calls()
                            .cloudHsm
                            .createCluster(
                                r ->
                                    r.hsmType(backup.hsmType())
                                        .mode(backup.modeAsString())
                                        .subnetIds(ids)
                                        .sourceBackupId(backupId)))
                .cluster()
                .clusterId();
        scene.learn(Scene.CLUSTER, id);
        scene.learn(MADE, id);
      }
      Polling.until(scene, "the creation of the cluster", () -> isThere(scene));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      return scene.get(Scene.CLUSTER) + " is there";
    }
  }

  /** Sees to it that the cluster has an active HSM in each of two zones. */
  record AddHsms() implements Deed {
    @Override
    public boolean isDone(Scene scene) throws Surprise {
      return activeZones(cluster(scene)).size() >= ZONES;
    }

    private static ClusterView cluster(Scene scene) throws Surprise {
      String id = scene.clusterId();
      return scene.cluster(id).orElseThrow(() -> new Surprise("there is no cluster " + id));
    }

    private static Set<String> activeZones(ClusterView cluster) {
      return cluster.activeHsms().stream().map(Hsm::zone).collect(Collectors.toSet());
    }

    private static boolean isComing(Hsm hsm) {
      return hsm.isActive() || hsm.state().equals("CREATE_IN_PROGRESS");
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      ClusterView cluster = cluster(scene);
      Set<String> served = new LinkedHashSet<>();
      cluster.hsms().stream().filter(AddHsms::isComing).forEach(hsm -> served.add(hsm.zone()));
      Surprise last = null;
      for (String zone : cluster.subnets().keySet().stream().sorted().toList()) {
        if (served.size() < ZONES && !served.contains(zone)) {
          try {
            create(scene, cluster.id(), zone);
            served.add(zone);
          } catch (Surprise refusal) {
            last = refusal; // another zone may do
          }
        }
      }
      if (served.size() < ZONES && last != null) {
        throw last;
      }
      Polling.until(
          scene, "the creation of the HSMs", () -> activeZones(cluster(scene)).size() >= ZONES);
      Polling.until(scene, "the update of the cluster", () -> cluster(scene).isActive());
    }

    private static void create(Scene scene, String cluster, String zone) throws Surprise {
      scene
          .calls()
          .act(
              "CreateHsm AvailabilityZone=" + zone,
              () ->
                  scene
                      .calls()
                      .cloudHsm
                      .createHsm(r -> r.clusterId(cluster).availabilityZone(zone)));
      // the first HSM brings the backup; the next is a copy of it
      Polling.until(
          scene,
          "the creation of an HSM",
          () ->
              cluster(scene).hsms().stream()
                  .noneMatch(hsm -> hsm.state().equals("CREATE_IN_PROGRESS")));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      ClusterView cluster = cluster(scene);
      if (activeZones(cluster).size() < ZONES) {
        throw new Surprise("active HSMs in " + activeZones(cluster).size() + " zones");
      }
      return "active HSMs in "
          + activeZones(cluster).stream()
              .sorted(Comparator.naturalOrder())
              .collect(Collectors.joining(" and "));
    }
  }
}
