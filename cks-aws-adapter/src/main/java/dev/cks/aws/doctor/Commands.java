package dev.cks.aws.doctor;

import static dev.cks.aws.doctor.Command.Question.ADMIN_PASSWORD;
import static dev.cks.aws.doctor.Command.Question.CONFIRMATION;
import static dev.cks.aws.doctor.Command.Question.KMSUSER_PASSWORD;
import static dev.cks.aws.doctor.Tool.AWS_CLI;
import static dev.cks.aws.doctor.Tool.CLOUDHSM_CLI;
import static dev.cks.aws.doctor.Tool.CLOUDHSM_MGMT_UTIL;
import static dev.cks.aws.doctor.Tool.KEY_MGMT_UTIL;
import static dev.cks.aws.doctor.Tool.SHELL;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines that people type, for CloudHSM CLI or for the tools of Client SDK 3. No password is in
 * them: the tools ask.
 */
final class Commands {
  /** Stands for the cluster until the run knows it. */
  static final String CLUSTER = "<cluster>";

  private final boolean older;

  Commands(boolean older) {
    this.older = older;
  }

  static Command fill(Command command, String cluster) {
    return new Command(
        command.tool(),
        command.line().replace(CLUSTER, cluster),
        command.asks(),
        command.expects());
  }

  /**
   * The first command after which a tool did not print what it must; empty if none or unknown. What
   * the tools printed comes in the order of the commands.
   */
  static Optional<Command> unprinted(String printed, List<Command> commands) {
    if (printed.isEmpty()) {
      return Optional.empty();
    }
    int place = 0;
    for (Command command : commands) {
      int found = printed.indexOf(command.expects(), place);
      if (found < 0) {
        return Optional.of(command);
      }
      place = found + command.expects().length();
    }
    return Optional.empty();
  }

  private static Command cli(String line, Command.Question... asks) {
    return new Command(CLOUDHSM_CLI, line, List.of(asks), "\"error_code\": 0");
  }

  private static Command cmu(String line, String expects, Command.Question... asks) {
    return new Command(CLOUDHSM_MGMT_UTIL, line, List.of(asks), expects);
  }

  private static Command kmu(String line, String expects, Command.Question... asks) {
    return new Command(KEY_MGMT_UTIL, line, List.of(asks), expects);
  }

  private static Command plain(Tool tool, String line) {
    return new Command(tool, line, List.of(), "");
  }

  /** Gets to the tool for users. */
  private List<Command> begin() {
    return older
        ? List.of(
            plain(
                SHELL,
                "/opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"))
        : List.of(
            plain(SHELL, "sudo /opt/cloudhsm/bin/configure-cli --cluster-id " + CLUSTER),
            plain(SHELL, "/opt/cloudhsm/bin/cloudhsm-cli interactive"));
  }

  private Command adminLogin() {
    return older
        ? cmu("loginHSM CO admin -hpswd", "loginHSM success", ADMIN_PASSWORD)
        : cli("login --username admin --role admin", ADMIN_PASSWORD);
  }

  private Command adminLogout() {
    return older ? cmu("logoutHSM", "logoutHSM success") : cli("logout");
  }

  private Command changePassword() {
    return older
        ? cmu(
            "changePswd CU kmsuser -hpswd",
            "Changing password for kmsuser(CU) on",
            KMSUSER_PASSWORD,
            KMSUSER_PASSWORD,
            CONFIRMATION)
        : cli(
            "user change-password --username kmsuser --role crypto-user",
            KMSUSER_PASSWORD,
            KMSUSER_PASSWORD);
  }

  /** An admin sets the password of kmsuser, which also unlocks it. */
  List<Command> setPassword() {
    List<Command> all = new ArrayList<>(begin());
    all.add(adminLogin());
    all.add(changePassword());
    all.add(adminLogout());
    return all;
  }

  /**
   * An admin creates kmsuser. Where it is missing on some HSMs only, creating it reports that the
   * others have it; the password that is set afterwards is then the same on all.
   */
  List<Command> createKmsuser() {
    List<Command> all = new ArrayList<>(begin());
    all.add(adminLogin());
    all.add(
        older
            ? cmu(
                "createUser CU kmsuser -hpswd",
                "",
                KMSUSER_PASSWORD,
                KMSUSER_PASSWORD,
                CONFIRMATION)
            : new Command(
                CLOUDHSM_CLI,
                "user create --username kmsuser --role crypto-user",
                List.of(KMSUSER_PASSWORD, KMSUSER_PASSWORD),
                ""));
    all.add(changePassword());
    all.add(older ? cmu("listUsers", "kmsuser") : userList());
    all.add(adminLogout());
    return all;
  }

  private static Command userList() {
    return new Command(CLOUDHSM_CLI, "user list", List.of(), "\"username\": \"kmsuser\"");
  }

  /**
   * Ends a session of kmsuser that was begun in key_mgmt_util, which outlives the tool. One of
   * another program ends with that program, so that there is nothing to expect here.
   */
  List<Command> logOut() {
    return List.of(plain(SHELL, "/opt/cloudhsm/bin/key_mgmt_util"), kmu("logoutHSM", ""));
  }

  private Command kmsuserLogin() {
    return older
        ? kmu("loginHSM -u CU -s kmsuser -hpswd", "Cfm3LoginHSM returned: 0x00", KMSUSER_PASSWORD)
        : cli("login --username kmsuser --role crypto-user", KMSUSER_PASSWORD);
  }

  private Command kmsuserLogout() {
    return older ? kmu("logoutHSM", "Cfm3LogoutHSM returned: 0x00") : cli("logout");
  }

  /** Logs in as kmsuser and out again; what is done in between is the person's business. */
  List<Command> workAsKmsuser() {
    List<Command> all = new ArrayList<>(beginKeys());
    all.add(kmsuserLogin());
    all.add(older ? kmu("findKey", "Cfm3FindKey returned: 0x00") : cli("key list --verbose"));
    all.add(kmsuserLogout());
    return all;
  }

  private List<Command> beginKeys() {
    return older ? List.of(plain(SHELL, "/opt/cloudhsm/bin/key_mgmt_util")) : begin();
  }

  /** As kmsuser, deletes the one key object with this label. */
  List<Command> deleteKey(String label) {
    List<Command> all = new ArrayList<>(beginKeys());
    all.add(kmsuserLogin());
    if (older) {
      all.add(kmu("findKey -l " + label, "Cfm3FindKey returned: 0x00"));
      all.add(kmu("deleteKey -k <the handle found>", "Cfm3DeleteKey returned: 0x00"));
      all.add(kmu("findKey -l " + label, "start index 0::0"));
    } else {
      all.add(list(label, 1));
      all.add(
          new Command(
              CLOUDHSM_CLI,
              "key delete --filter attr.label=\"" + label + "\"",
              List.of(),
              "Key deleted successfully"));
      all.add(list(label, 0));
    }
    all.add(kmsuserLogout());
    return all;
  }

  private static Command list(String label, int count) {
    return new Command(
        CLOUDHSM_CLI,
        "key list --filter attr.label=\"" + label + "\"",
        List.of(),
        "\"total_key_count\": " + count);
  }

  List<Command> activate() {
    List<Command> all = new ArrayList<>(begin());
    all.add(
        older
            ? cmu("changePswd PRECO admin -hpswd", "changePswd success", ADMIN_PASSWORD)
            : new Command(
                CLOUDHSM_CLI,
                "cluster activate",
                List.of(ADMIN_PASSWORD, ADMIN_PASSWORD),
                "Cluster activation successful"));
    return all;
  }

  // the network's owner

  static List<Command> freeAddresses(List<String> subnets) {
    return List.of(
        plain(
            AWS_CLI,
            "aws ec2 describe-subnets --subnet-ids "
                + String.join(" ", subnets)
                + " --query Subnets[].[SubnetId,AvailableIpAddressCount]"),
        plain(
            AWS_CLI,
            "aws ec2 describe-network-interfaces --filters Name=subnet-id,Values="
                + String.join(",", subnets)
                + " --query NetworkInterfaces[].[NetworkInterfaceId,Status,Description]"));
  }

  static List<Command> inspectNetwork(String securityGroup) {
    return List.of(
        plain(
            AWS_CLI,
            "aws ec2 describe-security-group-rules --filters Name=group-id,Values="
                + securityGroup),
        plain(
            AWS_CLI,
            "aws ec2 describe-network-interfaces --filters"
                + " Name=description,Values=\"KMS managed ENI for cluster "
                + CLUSTER
                + "\""));
  }
}
