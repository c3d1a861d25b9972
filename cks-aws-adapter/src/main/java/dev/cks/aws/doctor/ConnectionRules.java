package dev.cks.aws.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the connection state and its error code say (spec B.5). */
final class ConnectionRules {
  private ConnectionRules() {}

  static Finding notFound(String id, Answer.Refused<?> refused) {
    return Findings.noted(
        Condition.KEY_STORE_NOT_FOUND,
        Kind.BY_HANDS,
        id,
        "KMS answers " + refused.code() + ".",
        "There is no key store "
            + id
            + " in this account and Region: another id, or the wrong"
            + " account or Region.",
        List.of(refused.evidence()));
  }

  static List<Finding> find(Chart chart, Plans plans) {
    StoreView store = chart.store();
    return switch (store.connectionState()) {
      case "CONNECTED" -> List.of();
      case "FAILED" ->
          List.of(failed(chart, plans, "KMS tried to connect the key store and failed"));
      case "DISCONNECTED" -> List.of(disconnected(chart, plans));
      case "CONNECTING", "DISCONNECTING" -> List.of(changing(chart, plans));
      default -> List.of(unknownState(store, chart.storeEvidence()));
    };
  }

  /** What an external key store says of itself; what is behind it is not looked at. */
  static List<Finding> ofExternal(StoreView store, Evidence evidence) {
    String code = store.connectionErrorCode();
    if (store.isConnected()) {
      return List.of();
    }
    return List.of(
        Findings.noted(
            Condition.EXTERNAL_KEY_STORE,
            Kind.BY_HANDS,
            store.id(),
            "The external key store is "
                + store.connectionState()
                + (code == null ? "." : " with " + code + "."),
            code == null ? "KMS names no reason." : ErrorCodes.causeOfExternal(code),
            List.of(evidence)));
  }

  private static Finding disconnected(Chart chart, Plans plans) {
    StoreView store = chart.store();
    Optional<TrailEvent> refused = lastRefusal(chart);
    if (refused.isPresent()) {
      return refused(chart, plans, refused.get());
    }
    if (store.connectionErrorCode() != null) {
      return failed(chart, plans, "The key store was disconnected after a failed connection");
    }
    Optional<TrailEvent> disconnect =
        chart.history().latest("DisconnectCustomKeyStore", store.id());
    List<Evidence> evidence = new ArrayList<>(chart.storeEvidence());
    disconnect.map(TrailEvent::evidence).ifPresent(evidence::add);
    return Findings.repairable(
        Condition.KEY_STORE_DISCONNECTED,
        store.id(),
        "Every key of the key store is Unavailable, and no key can be created in it.",
        disconnect
            .map(event -> event.who() + " disconnected it at " + event.when() + ".")
            .orElse("It was disconnected, or never connected; KMS never disconnects by itself."),
        evidence,
        plans.reconnect(store));
  }

  /** The last request to connect, if it was refused and that is why the store is disconnected. */
  private static Optional<TrailEvent> lastRefusal(Chart chart) {
    return chart.history().ofStore("ConnectCustomKeyStore", chart.store().id()).stream()
        .findFirst()
        .filter(event -> !event.succeeded())
        .filter(event -> String.valueOf(event.errorCode()).startsWith("CloudHsm"));
  }

  private static Finding refused(Chart chart, Plans plans, TrailEvent refusal) {
    List<Evidence> evidence = new ArrayList<>(chart.storeAndCluster());
    evidence.add(refusal.evidence());
    return Findings.repairable(
        Condition.CONFIGURATION_REFUSED,
        chart.store().id(),
        "ConnectCustomKeyStore is refused at once, and the key store stays DISCONNECTED.",
        refusal.refusal()
            + ". The cluster must be ACTIVE, have subnets in two Availability Zones,"
            + " and its security group must let TCP 2223 to 2225 in and out between its members.",
        evidence,
        plans.repairConfiguration(chart.store()));
  }

  private static Finding failed(Chart chart, Plans plans, String symptom) {
    StoreView store = chart.store();
    String code = store.connectionErrorCode();
    List<Evidence> evidence = new ArrayList<>(chart.storeAndCluster());
    chart
        .history()
        .latest("ConnectCustomKeyStore", store.id())
        .map(TrailEvent::evidence)
        .ifPresent(evidence::add);
    if (code == null) {
      return Findings.repairable(
          Condition.CONNECTION_FAILED,
          store.id(),
          symptom + ".",
          "KMS names no ConnectionErrorCode.",
          evidence,
          plans.retry(store));
    }
    return ErrorCodes.finding(chart, plans, code, symptom + ": " + code + ".", evidence);
  }

  private static Finding changing(Chart chart, Plans plans) {
    return Findings.repairable(
        Condition.CONNECTION_CHANGING,
        chart.store().id(),
        "The key store is " + chart.store().connectionState() + "; its keys are Unavailable.",
        "That takes up to 20 minutes.",
        chart.storeEvidence(),
        plans.await(chart.store()));
  }

  private static Finding unknownState(StoreView store, List<Evidence> evidence) {
    return Findings.noted(
        Condition.UNKNOWN_CONNECTION_STATE,
        Kind.BY_HANDS,
        store.id(),
        "The connection state is " + store.connectionState() + ".",
        "This version does not know that state; AWS's documentation of DescribeCustomKeyStores"
            + " does.",
        evidence);
  }
}
