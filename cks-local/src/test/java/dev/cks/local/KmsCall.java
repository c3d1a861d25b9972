package dev.cks.local;

import dev.cks.sim.fault.FaultPoint;
import java.util.List;

/** What KMS does that the HSM side takes part in, and with which works of it. */
enum KmsCall {
  CONNECT("ConnectCustomKeyStore", FaultPoint.ATTACH, FaultPoint.LOGIN, FaultPoint.CHANGE_PASSWORD),
  DISCONNECT("DisconnectCustomKeyStore", FaultPoint.LOGOUT),
  UPDATE("UpdateCustomKeyStore"),
  CREATE_KEY("CreateKey", FaultPoint.GENERATE_KEY, FaultPoint.KEY_SYNC, FaultPoint.FIND),
  DELETE_KEY("DeleteKey", FaultPoint.DESTROY),
  ENCRYPT("Encrypt", FaultPoint.FIND, FaultPoint.ENCRYPT),
  DECRYPT("Decrypt", FaultPoint.FIND, FaultPoint.DECRYPT),
  RE_ENCRYPT("ReEncrypt", FaultPoint.FIND, FaultPoint.DECRYPT, FaultPoint.ENCRYPT),
  GENERATE_DATA_KEY("GenerateDataKey", FaultPoint.FIND, FaultPoint.ENCRYPT),
  GENERATE_DATA_KEY_WITHOUT_PLAINTEXT(
      "GenerateDataKeyWithoutPlaintext", FaultPoint.FIND, FaultPoint.ENCRYPT),
  GENERATE_RANDOM("GenerateRandom", FaultPoint.RANDOM),
  HSM_RETURNS("an HSM returns", FaultPoint.NODE_COPY, FaultPoint.LOGIN);

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<FaultPoint> works;

  KmsCall(String text, FaultPoint... works) {
    this.text = text;
    this.works = List.of(works);
  }

  /** In the order in which they are done. */
  List<FaultPoint> works() {
    return works;
  }

  /** A use of a key that was there before. */
  boolean usesKey() {
    return works.contains(FaultPoint.FIND) && this != CREATE_KEY;
  }

  static KmsCall of(String text) {
    return List.of(values()).stream()
        .filter(call -> call.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no call " + text));
  }

  @Override
  public String toString() {
    return text;
  }
}
