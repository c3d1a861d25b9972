package dev.cks.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cks.aws.http.Credentials;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import dev.cks.spi.ClusterFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The commands of AWS's troubleshooting guide as it prints them, run by the AWS CLI of this machine
 * (spec J.5, J.6, J.7). Each command is a process of its own and takes about a second.
 */
final class AwsCliTest {
  private static final String TEMPORARY = "tempPassword";

  @TempDir private static Path version;
  @TempDir private Path directory;

  private Site site;
  private Command command;
  private String store;

  @BeforeAll
  static void needsTheAwsCli() {
    Optional<String> found = Command.version(version, "aws", "--version");
    if (found.isEmpty()) {
      System.out.println("AwsCliTest is skipped: no aws command on the PATH that runs");
    }
    assumeTrue(found.isPresent(), "no aws command on the PATH that runs");
    System.out.println("AwsCliTest runs with " + found.get());
  }

  @BeforeEach
  void open() {
    site = Site.create();
    store = site.storeId();
    command = new Command(directory, site.endpoint().uri(), site.region(), Site.ALICE);
  }

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void j5_invalidKmsuserCredentials_areRepaired() {
    assertThat(text(store(), "ConnectionState")).isEqualTo("CONNECTED");
    assertThat(aws("kms disconnect-custom-key-store --custom-key-store-id " + store)).isEmpty();
    changeKmsuserPassword();

    aws("kms connect-custom-key-store --custom-key-store-id " + store);
    assertThat(text(store(), "ConnectionState")).isEqualTo("FAILED");
    assertThat(text(store(), "ConnectionErrorCode")).isEqualTo("INVALID_CREDENTIALS");
    assertThat(refused("kms connect-custom-key-store --custom-key-store-id " + store))
        .contains(
            "An error occurred (CustomKeyStoreInvalidStateException) when calling the"
                + " ConnectCustomKeyStore operation");

    aws("kms disconnect-custom-key-store --custom-key-store-id " + store);
    aws(
        "kms update-custom-key-store --custom-key-store-id "
            + store
            + " --key-store-password "
            + TEMPORARY);
    aws("kms connect-custom-key-store --custom-key-store-id " + store);
    assertThat(text(store(), "ConnectionState")).isEqualTo("CONNECTED");
  }

  @Test
  void j6_orphanedKeyMaterial_isFoundThroughTheTrail() {
    String key = newKey();
    JsonNode scheduled =
        json("kms schedule-key-deletion --key-id " + key + " --pending-window-in-days 7");
    assertThat(text(scheduled, "KeyState")).isEqualTo("PendingDeletion");
    aws("kms disconnect-custom-key-store --custom-key-store-id " + store);
    site.aws.clock().advance(Duration.ofDays(9));

    assertThat(refused("kms describe-key --key-id " + key)).contains("(NotFoundException)");
    JsonNode events =
        json(
            "cloudtrail lookup-events --lookup-attributes"
                + " AttributeKey=EventName,AttributeValue=DeleteKey");
    JsonNode event =
        JsonNode.parser()
            .parse(text(events.field("Events").orElseThrow().asArray().get(0), "CloudTrailEvent"));
    JsonNode more = event.field("additionalEventData").orElseThrow();
    assertThat(text(more, "customKeyStoreId")).isEqualTo(store);
    assertThat(text(more, "backingKeysDeletionStatus")).contains("FAILURE");
    assertThat(event.field("resources").orElseThrow().toString()).contains(key);
  }

  @Test
  void j7_deletedKeyMaterial_isRecovered() throws IOException {
    Files.writeString(directory.resolve("ExamplePlaintextFile"), "secret sauce");
    String key = newKey();
    encryptToFile(key);
    new Restoring(site.aws).loseMaterialAfterBackup(site.arnOf(key));
    String decrypt = "kms decrypt --ciphertext-blob fileb://ExampleEncryptedFile --key-id " + key;
    assertThat(refused(decrypt)).contains("(KMSInvalidStateException)");

    String restored = restoredCluster(newestBackup());
    aws("kms disconnect-custom-key-store --custom-key-store-id " + store);
    aws(
        "kms update-custom-key-store --custom-key-store-id "
            + store
            + " --cloud-hsm-cluster-id "
            + restored);
    aws("kms connect-custom-key-store --custom-key-store-id " + store);

    assertThat(plaintext(json(decrypt))).isEqualTo("secret sauce");
    JsonNode metadata = json("kms describe-key --key-id " + key).field("KeyMetadata").orElseThrow();
    assertThat(text(metadata, "CloudHsmClusterId")).isEqualTo(restored);
    assertThat(text(metadata, "KeyState")).isEqualTo("Enabled");
  }

  @Test
  void pagesOfOne_areAllRead() {
    site.anotherStore("AnotherKeyStore");
    assertThat(
            json("kms describe-custom-key-stores --page-size 1")
                .field("CustomKeyStores")
                .orElseThrow()
                .asArray())
        .hasSize(2);
  }

  @Test
  void wrongSecret_isRefused() {
    Credentials wrong = Credentials.of(Site.ALICE.accessKeyId(), "guessed", "arn:aws:iam::1:root");
    command = new Command(directory, site.endpoint().uri(), site.region(), wrong);
    assertThat(refused("kms list-keys")).contains("(InvalidSignatureException)");
  }

  private void changeKmsuserPassword() {
    HsmConsole console = site.aws.cluster().console(Dialect.CLOUDHSM_MGMT_UTIL);
    console.run("loginHSM CO admin " + ClusterBuilder.ADMIN_PASSWORD);
    assertThat(console.run("changePswd CU kmsuser " + TEMPORARY + "\ny")).contains("success");
  }

  private JsonNode store() {
    return json("kms describe-custom-key-stores --custom-key-store-name ExampleKeyStore")
        .field("CustomKeyStores")
        .orElseThrow()
        .asArray()
        .get(0);
  }

  private String newKey() {
    JsonNode created = json("kms create-key --origin AWS_CLOUDHSM --custom-key-store-id " + store);
    return text(created.field("KeyMetadata").orElseThrow(), "KeyId");
  }

  private void encryptToFile(String key) throws IOException {
    JsonNode answer =
        json("kms encrypt --key-id " + key + " --plaintext fileb://ExamplePlaintextFile");
    Files.write(
        directory.resolve("ExampleEncryptedFile"),
        Base64.getDecoder().decode(text(answer, "CiphertextBlob")));
  }

  private static String plaintext(JsonNode answer) {
    return new String(
        Base64.getDecoder().decode(text(answer, "Plaintext")), StandardCharsets.UTF_8);
  }

  private String newestBackup() {
    List<JsonNode> backups =
        json("cloudhsmv2 describe-backups --filters clusterIds=" + site.aws.cluster().id())
            .field("Backups")
            .orElseThrow()
            .asArray();
    assertThat(text(backups.get(0), "BackupState")).isEqualTo("READY");
    assertThat(text(backups.get(0), "CreateTimestamp"))
        .isGreaterThanOrEqualTo(text(backups.get(backups.size() - 1), "CreateTimestamp"));
    return text(backups.get(0), "BackupId");
  }

  private String restoredCluster(String backup) {
    List<ClusterFacts.Subnet> subnets = site.aws.cluster().facts().subnets();
    JsonNode created =
        json(
            "cloudhsmv2 create-cluster --hsm-type hsm1.medium --subnet-ids "
                + String.join(" ", subnets.stream().map(ClusterFacts.Subnet::id).toList())
                + " --source-backup-id "
                + backup);
    String cluster = text(created.field("Cluster").orElseThrow(), "ClusterId");
    site.aws.clock().advance(Duration.ofMinutes(20));
    for (ClusterFacts.Subnet subnet : subnets.subList(0, 2)) {
      aws(
          "cloudhsmv2 create-hsm --cluster-id "
              + cluster
              + " --availability-zone "
              + subnet.zone());
    }
    site.aws.clock().advance(Duration.ofMinutes(20));
    JsonNode described =
        json("cloudhsmv2 describe-clusters --filters clusterIds=" + cluster)
            .field("Clusters")
            .orElseThrow()
            .asArray()
            .get(0);
    assertThat(text(described, "State")).isEqualTo("ACTIVE");
    assertThat(described.field("Hsms").orElseThrow().asArray())
        .extracting(hsm -> text(hsm, "State"))
        .containsExactly("ACTIVE", "ACTIVE");
    return cluster;
  }

  /** What the command prints. */
  private String aws(String line) {
    return command.run(words(line)).succeeded().out();
  }

  private JsonNode json(String line) {
    return JsonNode.parser().parse(aws(line));
  }

  /** What the command prints on standard error when AWS refuses. */
  private String refused(String line) {
    Command.Output output = command.run(words(line));
    assertThat(output.status()).as(output.out()).isGreaterThanOrEqualTo(254);
    return output.err();
  }

  private static List<String> words(String line) {
    return List.of(("aws " + line + " --output json").split(" "));
  }

  private static String text(JsonNode node, String field) {
    return node.field(field).orElseThrow().text();
  }
}
