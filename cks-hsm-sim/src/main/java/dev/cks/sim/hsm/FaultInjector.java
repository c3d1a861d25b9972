package dev.cks.sim.hsm;

import dev.cks.sim.fault.Fault;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.sim.fault.FaultRule;
import dev.cks.sim.fault.Lasting;
import dev.cks.sim.fault.Moment;
import dev.cks.sim.time.SeededStream;
import dev.cks.spi.Attachment;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A plan in force: every call to an HSM comes by here. Used under the fleet's monitor. */
final class FaultInjector {
  private final Fleet fleet;
  private final FaultBoard board;
  private final Conditions conditions;
  private final Budget budget;
  private final boolean beyondBudget;

  /** By point and moment, as most calls concern no rule. */
  private final Map<FaultPoint, Map<Moment, List<RuleCounter>>> rules =
      new EnumMap<>(FaultPoint.class);

  FaultInjector(Fleet fleet, FaultBoard board, FaultPlan plan, SeededStream chance) {
    this.fleet = fleet;
    this.board = board;
    this.conditions = new Conditions(fleet, fleet.clock(), fleet.journal());
    this.budget = new Budget(fleet, conditions);
    this.beyondBudget = plan.beyondBudget();
    for (FaultRule rule : plan.rules()) {
      rules
          .computeIfAbsent(rule.point(), point -> new EnumMap<>(Moment.class))
          .computeIfAbsent(rule.moment(), moment -> new ArrayList<>())
          .add(new RuleCounter(rule, chance));
    }
  }

  private List<RuleCounter> rules(FaultPoint point, Moment moment) {
    return rules.getOrDefault(point, Map.of()).getOrDefault(moment, List.of());
  }

  void callBegins() {
    conditions.callBegins();
  }

  void end() {
    conditions.endAll();
  }

  /** One call to one HSM, with what may go wrong with it. */
  @Nullable Reason ask(Call call, HsmNode node, Supplier<@Nullable Reason> work) {
    if (!fleet.answers(node)) {
      return Reason.UNREACHABLE;
    }
    if (call.changesSomething()) {
      fleet.lateWork().workOff(node);
    }
    Reason hindered = hindered(call, node);
    if (hindered != null) {
      return hindered;
    }
    Moment unsent = call.unsent();
    Fault early = struck(call.point(), unsent, node);
    return early == null || isBorne(call, early)
        ? send(call, node, work)
        : strike(call, node, early, unsent);
  }

  /** What an earlier strike still does. */
  private @Nullable Reason hindered(Call call, HsmNode node) {
    Duration latency = conditions.latency(node);
    if (!latency.isZero() && call.session() != null && !call.bears(latency)) {
      return Reason.UNREACHABLE;
    }
    boolean storing =
        call.point() == FaultPoint.GENERATE_KEY || call.point() == FaultPoint.KEY_SYNC;
    return storing && conditions.isFull(node) ? Reason.CAPACITY : null;
  }

  private @Nullable Reason send(Call call, HsmNode node, Supplier<@Nullable Reason> work) {
    Fault late = struck(call.point(), Moment.AFTER, node);
    if (late instanceof Fault.Slow slow && !isBorne(call, late)) {
      if (call.outlivesItsCaller()) {
        fleet.lateWork().add(node, slow.latency(), call, work);
      }
    } else {
      Reason answer = work.get();
      if (answer == null || call.point() == FaultPoint.FIND) {
        call.done();
      }
      if (late == null || late instanceof Fault.Slow) {
        return answer;
      }
    }
    return late == null ? null : strike(call, node, late, Moment.AFTER);
  }

  private static boolean isBorne(Call call, Fault fault) {
    return fault instanceof Fault.Slow slow && call.bears(slow.latency());
  }

  /** Does what the fault does to the HSM; what the caller sees of it. */
  private @Nullable Reason strike(Call call, HsmNode node, Fault fault, Moment moment) {
    if (fault instanceof Fault.SessionLost) {
      SimulatedSession session = call.session();
      if (session != null) {
        session.lose(node);
      }
    } else if (fault instanceof Fault.KeySyncDelayed delayed) {
      KeyObject key = call.key();
      if (key != null) {
        fleet.keySync().copyLater(key, node, delayed.delay());
      }
    } else {
      takeAway(fault, node);
    }
    return fault.kind().reason(moment);
  }

  /** The service at work: on failure nothing is held. */
  Attachment attach(Supplier<Attachment> work) {
    Call call = new Call(FaultPoint.ATTACH, null, "");
    Fault early = struck(FaultPoint.ATTACH, Moment.BEFORE, null);
    if (early != null && !isBorne(call, early)) {
      throw failedToAttach(early, Moment.BEFORE);
    }
    Attachment attachment = work.get();
    Fault late = struck(FaultPoint.ATTACH, Moment.AFTER, null);
    if (late != null && !isBorne(call, late)) {
      attachment.close();
      throw failedToAttach(late, Moment.AFTER);
    }
    return attachment;
  }

  private static HsmException failedToAttach(Fault fault, Moment moment) {
    Reason reason = fault.kind().reason(moment);
    return new HsmException(
        reason == null ? Reason.INTERNAL : reason, "the CloudHSM service: " + fault);
  }

  /** An HSM is about to become a copy; false if that comes to nothing. */
  boolean copies(HsmNode node) {
    Fault fault = struck(FaultPoint.NODE_COPY, Moment.BEFORE, node);
    if (fault != null) {
      takeAway(fault, node);
    }
    return !(fault instanceof Fault.NodeDown);
  }

  /** An HSM has become a copy and runs. */
  void copied(HsmNode node) {
    Fault fault = struck(FaultPoint.NODE_COPY, Moment.AFTER, node);
    if (fault != null) {
      takeAway(fault, node);
    }
  }

  private @Nullable Fault struck(FaultPoint point, Moment moment, @Nullable HsmNode node) {
    FaultRule hit = null;
    for (RuleCounter rule : rules(point, moment)) {
      if (rule.concerns(node) && rule.isHit() && hit == null) {
        hit = rule.rule();
      }
    }
    return hit == null ? null : struck(hit, node);
  }

  private @Nullable Fault struck(FaultRule rule, @Nullable HsmNode node) {
    Fault fault = rule.fault();
    if (node != null && !beyondBudget && !budget.allows(fault, node)) {
      board.withheld(rule, node.id());
      return null;
    }
    board.struck(rule, node == null ? fleet.cluster() : node.id());
    if (node != null) {
      takeEffect(fault, node);
    }
    return fault;
  }

  private void takeEffect(Fault fault, HsmNode node) {
    if (fault instanceof Fault.StorageFull full) {
      conditions.begin(fault, full.lasting(), List.of(node));
    } else if (fault instanceof Fault.Slow slow) {
      Lasting lasting = slow.lasting();
      if (lasting != null) {
        conditions.begin(fault, lasting, List.of(node));
      }
    }
  }

  /** Stops the HSM, or cuts its zone off. */
  private void takeAway(Fault fault, HsmNode node) {
    if (fault instanceof Fault.NodeDown down) {
      fleet.fail(node);
      conditions.begin(fault, down.lasting(), List.of(node));
    } else if (fault instanceof Fault.ZonePartition cut) {
      List<HsmNode> nodes =
          fleet.inZone(node.zone()).stream().filter(other -> !other.isPartitioned()).toList();
      nodes.forEach(fleet::disconnect);
      conditions.begin(fault, cut.lasting(), nodes);
    }
  }
}
