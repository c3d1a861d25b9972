package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cks.domain.grant.GrantOperation;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.keystore.KeyStoreId;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreType;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.OriginType;

/** Keeps {@code docs/operations.md} equal to what the client answers. */
class OperationsPageTest {
  private static final Path PAGE =
      Path.of(Objects.requireNonNull(System.getProperty("cks.root")), "docs/operations.md");
  private static final KeyHome CUSTOM = new KeyHome.Custom(new KeyStoreId("cks-0"));
  private static final SdkBytes BYTES = SdkBytes.fromUtf8String("x");

  /** What a request asks for, and the request. */
  private record Asked(String what, ThrowingCallable call) {}

  private World world;
  private String storeId;
  private String custom;
  private String standard;

  @BeforeEach
  void open() {
    world = new World();
    storeId = world.createConnectedStore();
    custom = world.createKeyIn(storeId).arn();
    standard = world.client.createKey().keyMetadata().arn();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void page_comparedWithTheClient_isUpToDate() throws IOException {
    String page = String.join("\n", page()) + "\n";
    if (Boolean.getBoolean("cks.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as(
            "stale: run  mvn -pl cks-core,cks-hsm-sim,cks-aws-adapter test"
                + " -Dtest=OperationsPageTest -Dcks.regenerate=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false  and read the difference")
        .hasContent(page);
  }

  /** What is in no refusing class must not refuse for being unsupported. */
  @Test
  void everyOperationCalledSupported_isNotRefusedAsUnsupported() {
    for (Method operation : operations()) {
      if (isSupported(operation)) {
        for (String key : List.of(custom, standard)) {
          assertThat(answer(() -> call(operation, key)))
              .as(operation.getName())
              .doesNotContain("UnsupportedOperationException", "UnknownOperationException");
        }
      }
    }
  }

  private List<String> page() {
    List<String> page = new ArrayList<>();
    page.add("# Operations");
    page.add("");
    page.add(
        "Generated from what `CksKmsClient` answers; a test fails when it is stale. A key here is"
            + " enabled and its key store connected; what other states refuse is in the"
            + " [state diagrams](state-diagrams.md).");
    page.add("");
    page.add("| Operation | Key in a custom key store | Standard symmetric key |");
    page.add("| --- | --- | --- |");
    operations().forEach(operation -> page.add(row(operation)));
    page.add("");
    page.add("## Parameters that are refused");
    page.add("");
    page.add("| Asked for | Answer |");
    page.add("| --- | --- |");
    asked().forEach(asked -> page.add("| " + asked.what() + " | " + answer(asked.call()) + " |"));
    page.add("");
    page.add("## What a grant can allow");
    page.add("");
    page.add("Other operations answer `ValidationException`. Grants are shown, not evaluated.");
    page.add("");
    page.add("| Key | Operations |");
    page.add("| --- | --- |");
    page.add("| in a custom key store | " + grantable(CUSTOM) + " |");
    page.add("| standard symmetric | " + grantable(KeyHome.STANDARD) + " |");
    return page;
  }

  private static List<Method> operations() {
    return Operations.all().sorted(Comparator.comparing(Method::getName)).toList();
  }

  private static boolean isSupported(Method operation) {
    return Arrays.stream(RefusedOperations.class.getDeclaredMethods())
        .noneMatch(refused -> refused.getName().equals(operation.getName()));
  }

  private String row(Method operation) {
    String first = "| " + PlausibleRequests.nameOf(operation) + " | ";
    if (isSupported(operation)) {
      return first + "yes | yes |";
    }
    String inStore = answer(() -> call(operation, custom));
    return first + inStore + " | " + answer(() -> call(operation, standard)) + " |";
  }

  private void call(Method operation, String key) throws Throwable {
    try {
      operation.invoke(world.client, PlausibleRequests.forKey(key).of(operation));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private String answer(ThrowingCallable call) {
    if (!(catchThrowable(call) instanceof KmsException refusal)) {
      return "yes";
    }
    String message = refusal.awsErrorDetails().errorMessage();
    String code = "`" + refusal.awsErrorDetails().errorCode() + "`";
    return message == null || message.isEmpty()
        ? code
        : code + ": " + message.replace(custom, "*arn*").replace(standard, "*arn*");
  }

  private List<Asked> asked() {
    SdkBytes blob = world.client.encrypt(r -> r.keyId(custom).plaintext(BYTES)).ciphertextBlob();
    return List.of(
        new Asked(
            "CreateCustomKeyStore of type EXTERNAL_KEY_STORE",
            () ->
                world.client.createCustomKeyStore(
                    r ->
                        r.customKeyStoreName("xks")
                            .customKeyStoreType(CustomKeyStoreType.EXTERNAL_KEY_STORE))),
        new Asked(
            "CreateKey in a store, KeySpec RSA_2048",
            () ->
                world.client.createKey(
                    r ->
                        r.customKeyStoreId(storeId)
                            .origin(OriginType.AWS_CLOUDHSM)
                            .keySpec(KeySpec.RSA_2048)
                            .keyUsage(KeyUsageType.SIGN_VERIFY))),
        new Asked(
            "CreateKey in a store, MultiRegion",
            () ->
                world.client.createKey(
                    r ->
                        r.customKeyStoreId(storeId)
                            .origin(OriginType.AWS_CLOUDHSM)
                            .multiRegion(true))),
        new Asked(
            "CreateKey outside a store, KeySpec RSA_2048",
            () ->
                world.client.createKey(
                    r -> r.keySpec(KeySpec.RSA_2048).keyUsage(KeyUsageType.SIGN_VERIFY))),
        new Asked(
            "CreateKey of origin EXTERNAL",
            () -> world.client.createKey(r -> r.origin(OriginType.EXTERNAL))),
        new Asked(
            "Decrypt with Recipient",
            () -> world.client.decrypt(r -> r.ciphertextBlob(blob).recipient(x -> {}))),
        new Asked(
            "GenerateDataKey with Recipient",
            () ->
                world.client.generateDataKey(
                    r -> r.keyId(custom).numberOfBytes(1).recipient(x -> {}))),
        new Asked(
            "GenerateRandom with Recipient",
            () -> world.client.generateRandom(r -> r.numberOfBytes(1).recipient(x -> {}))),
        new Asked(
            "CreateGrant with RetiringServicePrincipal",
            () ->
                world.client.createGrant(
                    r ->
                        r.keyId(custom)
                            .granteePrincipal("arn:aws:iam::111122223333:root")
                            .operationsWithStrings("Decrypt")
                            .retiringServicePrincipal("s3.amazonaws.com"))),
        new Asked(
            "CreateGrant with a SourceArn constraint",
            () ->
                world.client.createGrant(
                    r ->
                        r.keyId(custom)
                            .granteePrincipal("arn:aws:iam::111122223333:root")
                            .operationsWithStrings("Decrypt")
                            .constraints(c -> c.sourceArn("arn:aws:s3:::bucket")))));
  }

  private static String grantable(KeyHome home) {
    return Arrays.stream(GrantOperation.values())
        .filter(operation -> operation.isKnownTo(home))
        .map(GrantOperation::wireName)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  @Test
  void grantOperations_areThoseOfTheModel() {
    assertThat(GrantOperation.values())
        .extracting(GrantOperation::wireName)
        .containsExactlyInAnyOrderElementsOf(
            Objects.requireNonNull(
                    Constraints.SHAPES.tableFor("CreateGrant").rows().get("Operations[]"))
                .values());
  }
}
