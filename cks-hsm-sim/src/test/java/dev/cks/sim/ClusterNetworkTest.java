package dev.cks.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.sim.network.Network;
import dev.cks.sim.network.NetworkInterface;
import dev.cks.sim.network.SecurityGroup;
import dev.cks.sim.network.SecurityGroup.Direction;
import dev.cks.spi.Attachment;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ClusterNetworkTest {
  private final SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(3);
  private final SimulatedCluster cluster = service.cluster().create();
  private final Network network = service.network();

  @ParameterizedTest
  @EnumSource(Direction.class)
  void rule_revoked_nobodyReachesAnHsmUntilItIsBack(Direction direction) {
    cluster.revokeRule(direction);

    assertThat(cluster.facts().portsOpen()).isFalse();
    assertUnreachable();

    cluster.restoreRule(direction);
    assertThat(cluster.facts().portsOpen()).isTrue();
    login();
  }

  @Test
  void networkAndRule_bothGone_bothMustComeBack() {
    cluster.cutNetwork();
    cluster.revokeRule(Direction.OUTBOUND);
    cluster.restoreNetwork();
    assertUnreachable();

    cluster.cutNetwork();
    cluster.restoreRule(Direction.OUTBOUND);
    assertUnreachable();

    cluster.restoreNetwork();
    login();
  }

  @Test
  void attach_keyStore_hasItsGroupAndInterfacesUntilItCloses() {
    int before = network.interfaces().size();

    Attachment attachment = cluster.attach("cks-1234567890abcdef0");

    assertThat(network.securityGroups())
        .extracting(SecurityGroup::name)
        .contains("kms-cks-1234567890abcdef0");
    assertThat(network.interfaces().subList(before, before + 3))
        .extracting(NetworkInterface::description)
        .containsOnly("KMS managed ENI for cluster " + cluster.id());
    attachment.close();
    assertThat(network.interfaces()).hasSize(before);
    assertThat(network.securityGroups()).hasSize(1);
  }

  @Test
  void attach_oneSubnetDeletedAndOneFull_saysTheFirstAndLeavesNothing() {
    cluster.takeAddresses("us-east-1b", 250);
    cluster.deleteSubnet("us-east-1c");

    assertThatExceptionOfType(HsmException.class)
        .isThrownBy(() -> cluster.attach("cks-1"))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.SUBNET_NOT_FOUND));
    assertThat(cluster.freeAddresses("us-east-1a")).isEqualTo(250);
    assertThat(network.securityGroups()).hasSize(1);
  }

  @Test
  void createSubnet_overlappingOrOutside_isRefused() {
    String vpc = network.createVpc("10.2.0.0/16");
    network.createSubnet(vpc, "us-east-1a", "10.2.0.0/20");

    for (String wrong : new String[] {"10.2.1.0/24", "10.3.0.0/24", "10.2.16.1/24", "10.2.0.0"}) {
      assertThatThrownBy(() -> network.createSubnet(vpc, "us-east-1b", wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    network.createSubnet(vpc, "us-east-1b", "10.2.16.0/20");
  }

  @Test
  void takeAddresses_moreThanFreeOrBackThanTaken_isRefused() {
    assertThatThrownBy(() -> cluster.takeAddresses("us-east-1a", 251))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cluster.takeAddresses("us-east-1a", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(cluster.freeAddresses("us-east-1a")).isEqualTo(250);
  }

  @Test
  void builder_manyHsmsAndAddresses_leavesExactlyTheFreeOnes() {
    SimulatedCluster large = service.cluster().nodes(7).freeAddresses(1000).create();

    assertThat(large.freeAddresses("us-east-1a")).isEqualTo(1000);
    assertThat(large.freeAddresses("us-east-1c")).isEqualTo(1000);
  }

  private void login() {
    cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD).close();
  }

  private void assertUnreachable() {
    assertThatExceptionOfType(HsmException.class)
        .isThrownBy(this::login)
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
  }
}
