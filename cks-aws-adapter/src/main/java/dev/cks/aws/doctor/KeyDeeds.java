package dev.cks.aws.doctor;

import java.time.Instant;
import java.util.List;

/** How keys are changed and tried out. */
final class KeyDeeds {
  private KeyDeeds() {}

  /** Enables a key; what an unavailable key becomes shows when it is available again. */
  record Enable(String arn) implements Deed {
    @Override
    public boolean isDone(Scene scene) throws Surprise {
      return scene.key(arn).state().equals(Survey.ENABLED);
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      scene.calls().act("EnableKey", () -> scene.calls().kms.enableKey(r -> r.keyId(arn)));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      String state = scene.key(arn).state();
      if (!state.equals(Survey.ENABLED) && !state.equals("Unavailable")) {
        throw new Surprise("the key is " + state);
      }
      return "KeyState=" + state;
    }
  }

  /** Takes a key out of its deletion window. */
  record CancelDeletion(String arn) implements Deed {
    @Override
    public boolean isDone(Scene scene) throws Surprise {
      return !scene.key(arn).state().equals("PendingDeletion");
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      scene
          .calls()
          .act("CancelKeyDeletion", () -> scene.calls().kms.cancelKeyDeletion(r -> r.keyId(arn)));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      String state = scene.key(arn).state();
      if (state.equals("PendingDeletion")) {
        throw new Surprise("the key is still pending deletion");
      }
      return "KeyState=" + state;
    }
  }

  /** Schedules the deletion of a key. */
  record ScheduleDeletion(String arn, int days) implements Deed {
    @Override
    public boolean isDone(Scene scene) throws Surprise {
      return isGone(scene, arn) || scene.key(arn).state().equals("PendingDeletion");
    }

    @Override
    public void perform(Scene scene) throws Surprise {
      scene
          .calls()
          .act(
              "ScheduleKeyDeletion",
              () ->
                  scene
                      .calls()
                      .kms
                      .scheduleKeyDeletion(r -> r.keyId(arn).pendingWindowInDays(days)));
    }

    @Override
    public String check(Scene scene) throws Surprise {
      Instant date = scene.key(arn).deletionDate();
      if (date == null) {
        throw new Surprise("the key has no deletion date");
      }
      return "the key goes at " + date;
    }
  }

  /** Goes on only when the keys are gone; days are not waited for. */
  record AwaitGone(List<String> arns) implements Deed {
    @Override
    public void perform(Scene scene) {}

    @Override
    public String check(Scene scene) throws Surprise {
      for (String arn : arns) {
        if (!isGone(scene, arn)) {
          throw new Surprise(
              arn
                  + " is still there; it goes at "
                  + scene.key(arn).deletionDate()
                  + " or within a day after it: resume then");
        }
      }
      return "every key is gone";
    }
  }

  private static boolean isGone(Scene scene, String arn) {
    return Questions.key(scene.calls(), arn) instanceof Answer.Refused<KeyView> refused
        && refused.code().equals("NotFoundException");
  }

  /** Tries a key out. */
  record TryKey(String arn) implements Deed {
    @Override
    public void perform(Scene scene) {}

    @Override
    public String check(Scene scene) throws Surprise {
      String state = scene.key(arn).state();
      if (!state.equals(Survey.ENABLED)) {
        return "not tried: the key is " + state;
      }
      return works(Trial.ofKey(scene.calls(), arn), "encrypted and decrypted");
    }
  }

  /** Tries the key store out. */
  record TryStore() implements Deed {
    @Override
    public void perform(Scene scene) {}

    @Override
    public String check(Scene scene) throws Surprise {
      return works(Trial.ofStore(scene.calls(), scene.get(Scene.STORE)), "KMS reached the cluster");
    }
  }

  static String works(Trial.Result result, String success) throws Surprise {
    if (result.works()) {
      return success;
    }
    if (result.outcome() == Trial.Outcome.NOT_TRIED) {
      return "not tried: " + result.message();
    }
    throw new Surprise(result.message());
  }
}
