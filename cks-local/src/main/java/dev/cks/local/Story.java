package dev.cks.local;

import dev.cks.aws.doctor.Consent;
import dev.cks.aws.doctor.Doctor;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.Plan;
import dev.cks.aws.doctor.PlanRun;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.Backup;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.OriginType;

/** The incidents of {@link Main}, one after the other in one world. */
final class Story {
  private static final String SECRET = "the recipe for the sauce";
  private static final String ALIAS = "alias/sauce";

  private final SimulatedAws aws;
  private final Narrator narrator;
  private final KmsClient kms;
  private final CloudHsmV2Client cloudHsm;
  private final SdkBytes plaintext = SdkBytes.fromUtf8String(SECRET);
  private SimulatedCluster cluster;
  private String storeId = "";

  Story(SimulatedAws aws, Narrator narrator) {
    this.aws = aws;
    this.narrator = narrator;
    this.kms = aws.kms();
    this.cloudHsm = aws.cloudHsmV2();
    this.cluster = aws.cluster();
  }

  void tell() {
    keyStore();
    String keyArn = key();
    SdkBytes ciphertext = kms.encrypt(r -> r.keyId(ALIAS).plaintext(plaintext)).ciphertextBlob();
    narrator.say("Encrypt", () -> ciphertext.asByteArrayUnsafe().length + " bytes of ciphertext");
    unavailableKeys();
    unreachableCluster();
    wrongCredentials(ciphertext);
    deletedKeyMaterial(keyArn, ciphertext);
    doctor(ciphertext);
  }

  private void keyStore() {
    narrator.chapter("A key store on a CloudHSM cluster of three HSMs");
    storeId =
        narrator.say(
            "CreateCustomKeyStore ExampleKeyStore on " + cluster.id(),
            () ->
                kms.createCustomKeyStore(
                        r ->
                            r.customKeyStoreName(SimulatedAws.KEY_STORE_NAME)
                                .cloudHsmClusterId(cluster.id())
                                .trustAnchorCertificate(cluster.facts().trustAnchor())
                                .keyStorePassword(ClusterBuilder.KMSUSER_PASSWORD))
                    .customKeyStoreId());
    connect("CONNECTED");
  }

  private String key() {
    String arn =
        narrator.say(
            "CreateKey in it",
            () ->
                kms.createKey(r -> r.customKeyStoreId(storeId).origin(OriginType.AWS_CLOUDHSM))
                    .keyMetadata()
                    .arn());
    kms.createAlias(r -> r.aliasName(ALIAS).targetKeyId(arn));
    return arn;
  }

  private void unavailableKeys() {
    narrator.chapter("Incident 1, fix unavailable keys: somebody disconnected the key store");
    disconnect();
    narrator.say("DescribeKey", this::keyState);
    narrator.refused("Encrypt", this::encrypt);
    narrator.refused(
        "CreateKey in it",
        () -> kms.createKey(r -> r.customKeyStoreId(storeId).origin(OriginType.AWS_CLOUDHSM)));
    connect("CONNECTED");
    narrator.say("DescribeKey", this::keyState);
  }

  private void unreachableCluster() {
    narrator.chapter(
        "Incident 2, a cryptographic operation fails: the network to the cluster is down");
    cluster.cutNetwork();
    narrator.refused("Encrypt", this::encrypt);
    narrator.say("DescribeKey (nothing to see here)", this::keyState);
    cluster.restoreNetwork();
    encrypt();
    narrator.say("Encrypt again, the network is back", () -> "200");
  }

  private void wrongCredentials(SdkBytes ciphertext) {
    narrator.chapter("Incident 3, invalid credentials: an admin changed kmsuser's password");
    disconnect();
    changePassword("changedByAdmin1");
    connect("INVALID_CREDENTIALS");
    narrator.chapter("  ... and somebody tries again and again: the fifth failure locks");
    for (int attempt = 2; attempt <= 5; attempt++) {
      disconnect();
      connect("INVALID_CREDENTIALS");
    }
    disconnect();
    connect("USER_LOCKED_OUT");
    narrator.chapter("  Only an admin unlocks, by setting a password; then KMS is told");
    disconnect();
    changePassword("newPassword1");
    tell("newPassword1");
    connect("CONNECTED");
    decrypt(ciphertext);
  }

  private void deletedKeyMaterial(String keyArn, SdkBytes ciphertext) {
    narrator.chapter("Incident 4, deleted key material: somebody cleans up the cluster");
    aws.clock().advance(Duration.ofDays(1)); // CloudHSM makes its daily backup
    Backup backup = latestBackup();
    deleteKeyMaterial(keyArn);
    narrator.refused("Decrypt", () -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
    narrator.say("DescribeKey", this::keyState);
    narrator.chapter("  A cluster is made from the backup of the day before");
    cluster = restore(backup);
    disconnect();
    kms.updateCustomKeyStore(r -> r.customKeyStoreId(storeId).cloudHsmClusterId(cluster.id()));
    narrator.say("UpdateCustomKeyStore CloudHsmClusterId", cluster::id);
    connect("INVALID_CREDENTIALS"); // KMS has changed its password since
    disconnect();
    changePassword("newPassword2");
    tell("newPassword2");
    connect("CONNECTED");
    decrypt(ciphertext);
    narrator.say("DescribeKey", this::keyState);
  }

  /** What the incidents before were repaired by, found and done by the program. */
  private void doctor(SdkBytes ciphertext) {
    narrator.chapter("Incident 5, the doctor: nobody knows what happened, and nothing works");
    disconnect();
    changePassword("changedByAdmin2");
    connect("INVALID_CREDENTIALS");
    narrator.refused("Decrypt", () -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
    Doctor doctor = aws.doctor();
    narrator.say("doctor.explain", () -> doctor.explain(ALIAS).text());
    Finding first = doctor.examine(storeId).first().orElseThrow();
    narrator.say("doctor.examine", () -> first.condition() + ": " + first.cause());
    Plan plan = first.remedy().orElseThrow();
    plan.steps().forEach(step -> narrator.say("plan", () -> step.title()));
    PlanRun run = plan.apply(Consent.given());
    run.results()
        .forEach(
            result -> narrator.say("apply", () -> result.verdict() + ", " + result.step().title()));
    decrypt(ciphertext);
    if (!doctor.examine(storeId).isHealthy()) {
      throw new IllegalStateException(run.describe());
    }
    narrator.say("doctor.examine", () -> "healthy");
  }

  private Backup latestBackup() {
    Backup backup =
        cloudHsm
            .describeBackups(r -> r.filters(Map.of("clusterIds", List.of(cluster.id()))))
            .backups()
            .get(0);
    narrator.say("DescribeBackups", () -> backup.backupId() + " " + backup.backupStateAsString());
    return backup;
  }

  /** As the guide's chapter on logging in as kmsuser says, for a purpose that it does not name. */
  private void deleteKeyMaterial(String keyArn) {
    disconnect();
    changePassword("tempPassword");
    HsmConsole kmu = cluster.console(Dialect.KEY_MGMT_UTIL);
    narrator.type(
        kmu,
        "loginHSM -u CU -s kmsuser -p ...",
        "loginHSM -u CU -s kmsuser -p tempPassword",
        "Cfm3LoginHSM returned: 0x00");
    String found =
        narrator.type(kmu, "findKey -l <key ARN>", "findKey -l " + keyArn, "Total number of keys");
    String handle =
        found
            .lines()
            .map(String::strip)
            .filter(line -> line.matches("\\d+"))
            .findFirst()
            .orElseThrow();
    narrator.type(
        kmu, "deleteKey -k " + handle, "deleteKey -k " + handle, "Cfm3DeleteKey returned: 0x00");
    narrator.type(kmu, "logoutHSM", "logoutHSM", "Cfm3LogoutHSM returned: 0x00");
    tell("tempPassword");
    connect("CONNECTED");
  }

  private SimulatedCluster restore(Backup backup) {
    List<String> subnets = cluster.facts().subnets().stream().map(subnet -> subnet.id()).toList();
    String id =
        cloudHsm
            .createCluster(
                r -> r.hsmType("hsm1.medium").subnetIds(subnets).sourceBackupId(backup.backupId()))
            .cluster()
            .clusterId();
    aws.clock().advance(Duration.ofMinutes(10));
    cloudHsm.createHsm(r -> r.clusterId(id).availabilityZone("us-east-1a"));
    cloudHsm.createHsm(r -> r.clusterId(id).availabilityZone("us-east-1b"));
    aws.clock().advance(Duration.ofMinutes(15));
    SimulatedCluster restored = aws.cloudHsm().cluster(id);
    narrator.say(
        "CreateCluster from it, CreateHsm in two zones", () -> id + " " + restored.facts().state());
    return restored;
  }

  private void changePassword(String password) {
    try (HsmConsole cmu = cluster.console(Dialect.CLOUDHSM_MGMT_UTIL)) {
      narrator.type(
          cmu,
          "loginHSM CO admin ...",
          "loginHSM CO admin " + ClusterBuilder.ADMIN_PASSWORD,
          "loginHSM success");
      narrator.type(
          cmu,
          "changePswd CU kmsuser ...",
          "changePswd CU kmsuser " + password + "\ny",
          "Changing password for kmsuser(CU) on");
      cmu.run("logoutHSM");
    }
  }

  private void tell(String password) {
    kms.updateCustomKeyStore(r -> r.customKeyStoreId(storeId).keyStorePassword(password));
    narrator.say("UpdateCustomKeyStore KeyStorePassword", () -> "200");
  }

  private void encrypt() {
    kms.encrypt(r -> r.keyId(ALIAS).plaintext(plaintext));
  }

  private void decrypt(SdkBytes ciphertext) {
    String recovered =
        narrator.say(
            "Decrypt",
            () -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext().asUtf8String());
    if (!recovered.equals(SECRET)) {
      throw new IllegalStateException("that is not what was encrypted");
    }
  }

  private String keyState() {
    return "KeyState " + kms.describeKey(r -> r.keyId(ALIAS)).keyMetadata().keyStateAsString();
  }

  private void disconnect() {
    kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(storeId));
    narrator.say("DisconnectCustomKeyStore", () -> "ConnectionState " + entry().connectionState());
  }

  /** Connects, and expects to be connected or to fail with this code. */
  private void connect(String expected) {
    kms.connectCustomKeyStore(r -> r.customKeyStoreId(storeId));
    String code = entry().connectionErrorCodeAsString();
    narrator.say(
        "ConnectCustomKeyStore",
        () -> "ConnectionState " + entry().connectionState() + (code == null ? "" : ", " + code));
    if (!expected.equals(code == null ? entry().connectionStateAsString() : code)) {
      throw new IllegalStateException("expected " + expected);
    }
  }

  private CustomKeyStoresListEntry entry() {
    return kms.describeCustomKeyStores(r -> r.customKeyStoreId(storeId)).customKeyStores().get(0);
  }
}
