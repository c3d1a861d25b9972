package dev.cks.aws.doctor;

import dev.cks.aws.doctor.PlanRun.Status;
import dev.cks.aws.doctor.StepResult.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Carries out the steps of one plan, in one scene. */
final class PlanExecutor {
  private final Plan plan;
  private final Scene scene;

  PlanExecutor(Plan plan, Scene scene) {
    this.plan = plan;
    this.scene = scene;
  }

  /** From this step on; {@code handsDone}: what it asks a person for is done already. */
  PlanRun run(int first, boolean handsDone, Consent consent, List<StepResult> before) {
    List<StepResult> results = new ArrayList<>(before);
    if (consent.isDryRun()) {
      rest(first).forEach(step -> results.add(new StepResult(step, Verdict.WOULD_DO, "")));
      return new PlanRun(this, Status.DRY_RUN, first, results);
    }
    for (Step step : rest(first)) {
      if (step.destroys().isPresent() && !consent.covers(step.destroys().get())) {
        String missing = "the consent does not name " + step.destroys().get();
        results.add(new StepResult(step, Verdict.STOPPED, missing));
        return new PlanRun(this, Status.REFUSED, first, results);
      }
    }
    return carryOut(first, handsDone, results);
  }

  private List<Step> rest(int first) {
    return plan.steps().subList(first, plan.steps().size());
  }

  private PlanRun carryOut(int first, boolean handsDone, List<StepResult> results) {
    List<PlannedStep> planned = plan.planned();
    for (int i = first; i < planned.size(); i++) {
      PlannedStep step = planned.get(i);
      try {
        results.add(carryOut(step, handsDone && i == first));
      } catch (Surprise surprise) {
        results.add(new StepResult(step.step(), Verdict.STOPPED, surprise.seen()));
        return new PlanRun(this, Status.STOPPED, i, results);
      }
    }
    return new PlanRun(this, Status.DONE, planned.size(), results);
  }

  private StepResult carryOut(PlannedStep planned, boolean handsDone) throws Surprise {
    Deed deed = planned.deed();
    if (deed.isDone(scene)) {
      return new StepResult(planned.step(), Verdict.ALREADY_SO, "");
    }
    if (!handsDone || planned.step() instanceof Step.Api) {
      deed.require(scene);
      deed.perform(scene);
    }
    return new StepResult(planned.step(), Verdict.DONE, deed.check(scene));
  }
}
