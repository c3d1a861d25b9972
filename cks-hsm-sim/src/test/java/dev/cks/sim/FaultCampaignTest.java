package dev.cks.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.sim.fault.Fault;
import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.sim.fault.FaultRule;
import dev.cks.sim.fault.FaultTable;
import dev.cks.sim.fault.Lasting;
import dev.cks.sim.fault.Occurrence;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing acknowledged is lost while the budget holds, and everything works once faults end. */
final class FaultCampaignTest {
  private static final int SEEDS = 200;
  private static final int STEPS = 1000;

  /** Works that no step of the campaign does, and why. */
  private static final Map<FaultPoint, String> NEVER =
      Map.of(FaultPoint.ATTACH, "nobody connects a key store here");

  @Test
  void drawnPlans_withinBudget_loseNothingAndRecover() {
    Set<FaultCell> struck = new HashSet<>();
    int refusals = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Campaign campaign = new Campaign(seed).run(STEPS).recover();
      struck.addAll(campaign.cluster.faults().struck().keySet());
      refusals += campaign.refusals;
      campaign.service.close();
    }

    assertThat(refusals).isGreaterThan(1000);
    assertThat(struck.stream().map(FaultCell::kind)).containsAll(EnumSet.allOf(Fault.Kind.class));
    for (FaultCell cell : FaultTable.possible()) {
      if (!struck.contains(cell)) {
        assertThat(strikes(cell))
            .as("campaign strikes %s", cell)
            .isEqualTo(!NEVER.containsKey(cell.point()));
      }
    }
  }

  /** What chance left out is aimed at. */
  private static boolean strikes(FaultCell cell) {
    FaultRule rule =
        new FaultRule(cell.moment(), new Occurrence.OneIn(4), cell.point(), null, fault(cell));
    for (long seed = 0; seed < 5; seed++) {
      Campaign campaign =
          new Campaign(seed).run(STEPS, new FaultPlan(List.of(rule), false)).recover();
      campaign.service.close();
      if (campaign.cluster.faults().struck().containsKey(cell)) {
        return true;
      }
    }
    return false;
  }

  private static Fault fault(FaultCell cell) {
    Lasting aWhile = new Lasting.Calls(3);
    return switch (cell.kind()) {
      case NODE_DOWN -> new Fault.NodeDown(aWhile);
      case SLOW -> new Fault.Slow(Duration.ofSeconds(6), null);
      case SESSION_LOST -> new Fault.SessionLost();
      case LOGIN_REFUSED -> new Fault.LoginRefused();
      case KEY_SYNC_DELAYED -> new Fault.KeySyncDelayed(Duration.ofSeconds(1));
      case KEY_SYNC_LOST -> new Fault.KeySyncLost();
      case ANSWER_LOST -> new Fault.AnswerLost();
      case ZONE_PARTITION -> new Fault.ZonePartition(aWhile);
      case STORAGE_FULL -> new Fault.StorageFull(aWhile);
      case SERVICE_ERROR -> new Fault.ServiceError();
    };
  }

  @Test
  void lossThatIsPlanted_isFound() {
    for (long seed = 0; seed < 20; seed++) {
      Campaign campaign = new Campaign(seed).run(300, new FaultPlan(List.of(), false));
      BackingKeyId lost = campaign.loseAKey();

      assertThatThrownBy(campaign::recover)
          .isInstanceOf(AssertionError.class)
          .hasMessage("lost key " + lost + " of seed " + seed);
      campaign.service.close();
    }
  }

  @Test
  void journal_sameSeedSameCalls_isTheSameByteForByte() {
    for (long seed = 0; seed < 20; seed++) {
      String first = new Campaign(seed).run(300).recover().service.journal().text();
      String second = new Campaign(seed).run(300).recover().service.journal().text();

      assertThat(second)
          .isEqualTo(first)
          .hasSizeGreaterThan(1000)
          .doesNotContain("password" + seed);
    }
  }
}
