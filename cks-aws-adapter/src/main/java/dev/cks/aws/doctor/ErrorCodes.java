package dev.cks.aws.doctor;

import java.util.List;
import java.util.Map;

/** What each ConnectionErrorCode means, and what helps (spec B.5). */
final class ErrorCodes {
  private static final Map<String, String> OF_EXTERNAL =
      Map.of(
          "XKS_PROXY_ACCESS_DENIED", "The proxy refuses KMS: allow it in the proxy's rules.",
          "XKS_PROXY_INVALID_CONFIGURATION", "The proxy is not at the path that KMS was told.",
          "XKS_PROXY_INVALID_RESPONSE", "KMS does not understand the proxy: ask its vendor.",
          "XKS_PROXY_INVALID_TLS_CONFIGURATION",
              "The proxy's TLS version or certificate is not acceptable.",
          "XKS_PROXY_NOT_REACHABLE", "The proxy or the key manager behind it is down.",
          "XKS_PROXY_TIMED_OUT", "The proxy does not answer within 250 ms.",
          "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
              "The VPC endpoint service does not meet the requirements.",
          "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND",
              "The VPC endpoint service is not there, or KMS may not use it.",
          "INVALID_CREDENTIALS", "The proxy does not know the credentials that KMS has.",
          "NETWORK_ERRORS", "The network failed; that usually passes.");

  private ErrorCodes() {}

  static String causeOfExternal(String code) {
    return OF_EXTERNAL.getOrDefault(code, "This version does not know the code " + code + ".");
  }

  /** What shows of a failed connection; why it failed makes a finding of it. */
  private record Seen(String id, String symptom, List<Evidence> evidence) {
    Finding as(Condition condition, String cause, Plan remedy) {
      return Findings.repairable(condition, id, symptom, cause, evidence, remedy);
    }
  }

  static Finding finding(
      Chart chart, Plans plans, String code, String symptom, List<Evidence> evidence) {
    StoreView store = chart.store();
    Seen seen = new Seen(store.id(), symptom, evidence);
    return switch (code) {
      case "CLUSTER_NOT_FOUND" -> ClusterRules.clusterNotFound(chart, plans, symptom, evidence);
      case "INSUFFICIENT_CLOUDHSM_HSMS" ->
          seen.as(
              Condition.NO_ACTIVE_HSM,
              "The cluster had no active HSM when KMS connected; it needs one to connect, and two in"
                  + " different Availability Zones to create keys.",
              plans.addHsms(store));
      case "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET" ->
          seen.as(
              Condition.NO_FREE_ADDRESS,
              "KMS needs a free address in each private subnet of the cluster, better two; at least"
                  + " one subnet has none.",
              plans.freeAddresses(store));
      case "SUBNET_NOT_FOUND" -> ClusterRules.subnetNotFound(chart, plans, symptom, evidence);
      case "NETWORK_ERRORS" ->
          seen.as(
              Condition.NETWORK_ERRORS,
              "KMS did not reach every HSM of the cluster. Mostly that passes; if not, something in"
                  + " the network blocks it.",
              plans.retryThenRepairNetwork(store));
      case "USER_NOT_FOUND" ->
          seen.as(
              Condition.USER_NOT_FOUND,
              "There is no crypto user kmsuser on at least one HSM of the cluster.",
              plans.recreateKmsuser(store));
      case "USER_LOCKED_OUT" ->
          seen.as(
              Condition.USER_LOCKED_OUT,
              "After five wrong passwords an HSM refuses kmsuser, even with the right one, until an"
                  + " admin sets a new password. KMS has probably tried an old one again and again.",
              plans.repairCredentials(store));
      case "USER_LOGGED_IN" ->
          seen.as(
              Condition.USER_LOGGED_IN,
              "Somebody is logged in as kmsuser: KMS can neither log in nor change the password.",
              plans.endForgottenSession(store));
      case "INVALID_CREDENTIALS" ->
          seen.as(
              Condition.INVALID_CREDENTIALS,
              "kmsuser has another password in the cluster than KMS knows: it was changed there, or"
                  + " the cluster was restored from an older backup.",
              plans.repairCredentials(store));
      case "INTERNAL_ERROR" ->
          seen.as(
              Condition.INTERNAL_ERROR,
              "KMS could not complete the request because of an error of its own.",
              plans.retry(store));
      default ->
          Findings.noted(
              Condition.UNKNOWN_ERROR_CODE,
              Kind.BY_HANDS,
              store.id(),
              symptom,
              "This version does not know the code "
                  + code
                  + "; AWS's documentation of ConnectionErrorCode does.",
              evidence);
    };
  }
}
