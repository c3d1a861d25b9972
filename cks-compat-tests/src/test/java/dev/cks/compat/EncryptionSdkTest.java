package dev.cks.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.exception.CannotUnwrapDataKeyException;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKeyProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.CollectionOfErrors;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsMultiKeyringInput;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;

/** The AWS Encryption SDK for Java, with both of its key providers, under keys of a key store. */
final class EncryptionSdkTest {
  private static final Map<String, String> CONTEXT = Map.of("department", "sauces");

  private final Site site = Site.create();
  private final String key = site.customKey();
  private final AwsCrypto crypto = AwsCrypto.standard();

  @AfterEach
  void close() {
    site.close();
  }

  // the master key provider

  @Test
  void provider_encryptsAndDecrypts_withOneCallEach() {
    byte[] sealed = seal(provider());
    assertThat(site.seen.take()).containsExactly("GenerateDataKey");

    assertThat(open(provider(), sealed)).isEqualTo("secret");
    assertThat(site.seen.take()).containsExactly("Decrypt");
  }

  @Test
  void provider_ofTheDirectClient_encryptsAndDecrypts() {
    KmsMasterKeyProvider direct =
        KmsMasterKeyProvider.builder()
            .customRegionalClientSupplier(region -> site.kms)
            .buildStrict(key);
    assertThat(open(direct, seal(direct))).isEqualTo("secret");
  }

  @Test
  void provider_thatDiscovers_findsTheKeyInTheMessage() {
    byte[] sealed = seal(provider());
    KmsMasterKeyProvider discovering =
        KmsMasterKeyProvider.builder().builderSupplier(site::builder).buildDiscovery();
    assertThat(open(discovering, sealed)).isEqualTo("secret");
  }

  @Test
  void provider_whileDisconnected_saysCannotUnwrapAndKeepsTheCause() {
    byte[] sealed = seal(provider());
    site.disconnect();

    CannotUnwrapDataKeyException refusal =
        catchThrowableOfType(CannotUnwrapDataKeyException.class, () -> open(provider(), sealed));
    assertThat(refusal).rootCause().isInstanceOf(KmsInvalidStateException.class);
    assertThat(refusal).rootCause().hasMessageContaining(key + " is unavailable.");
    assertThat(catchThrowable(() -> seal(provider()))).isInstanceOf(KmsInvalidStateException.class);

    site.connect();
    assertThat(open(provider(), sealed)).isEqualTo("secret");
  }

  @Test
  void provider_lostMaterial_isBackWithTheRestoredCluster() {
    byte[] sealed = seal(provider());
    Restoring operator = new Restoring(site.aws);
    operator.loseMaterialAfterBackup(key);
    assertThat(catchThrowable(() -> open(provider(), sealed)))
        .isInstanceOf(CannotUnwrapDataKeyException.class)
        .rootCause()
        .isInstanceOf(KmsInvalidStateException.class);

    operator.reconnectTo(operator.clusterFromNewestBackup());

    assertThat(open(provider(), sealed)).isEqualTo("secret");
  }

  @Test
  void provider_withAKeyInAnotherStore_opensTheMessageWhileTheFirstIsDisconnected() {
    String standard = site.kms.createKey().keyMetadata().arn();
    KmsMasterKeyProvider both =
        KmsMasterKeyProvider.builder().builderSupplier(site::builder).buildStrict(key, standard);
    byte[] sealed = seal(both);
    assertThat(site.seen.take()).containsExactly("GenerateDataKey", "Encrypt");
    site.disconnect();

    assertThat(open(both, sealed)).isEqualTo("secret");
    assertThat(site.seen.take()).containsExactly("Decrypt", "Decrypt");
  }

  // the keyring of the Material Providers Library

  @Test
  void keyring_encryptsAndDecrypts_alsoWhatTheProviderEncrypted() {
    byte[] sealed = seal(keyring());
    assertThat(site.seen.take()).containsExactly("GenerateDataKey");

    assertThat(open(keyring(), sealed)).isEqualTo("secret");
    assertThat(open(provider(), sealed)).isEqualTo("secret");
    assertThat(site.seen.take()).containsExactly("Decrypt", "Decrypt");
  }

  @Test
  void keyring_whileDisconnected_collectsTheErrors() {
    byte[] sealed = seal(keyring());
    site.disconnect();

    CollectionOfErrors refusal =
        catchThrowableOfType(CollectionOfErrors.class, () -> open(keyring(), sealed));
    assertThat(refusal.list()).singleElement().isInstanceOf(KmsInvalidStateException.class);
    assertThat(refusal).hasMessageContaining(key + " is unavailable.");
    assertThat(catchThrowable(() -> seal(keyring()))).isInstanceOf(KmsInvalidStateException.class);

    site.connect();
    assertThat(open(keyring(), sealed)).isEqualTo("secret");
  }

  @Test
  void keyring_unreachableCluster_showsKmssOwnWords() {
    byte[] sealed = seal(keyring());
    site.aws.cluster().cutNetwork();
    assertThat(catchThrowable(() -> open(keyring(), sealed)))
        .isInstanceOf(CollectionOfErrors.class)
        .hasMessageContaining("KMS cannot communicate with your CloudHSM cluster");
    site.aws.cluster().restoreNetwork();
    assertThat(open(keyring(), sealed)).isEqualTo("secret");
  }

  @Test
  void keyring_lostMaterial_isBackWithTheRestoredCluster() {
    byte[] sealed = seal(keyring());
    Restoring operator = new Restoring(site.aws);
    operator.loseMaterialAfterBackup(key);
    assertThat(catchThrowable(() -> open(keyring(), sealed)))
        .isInstanceOfSatisfying(
            CollectionOfErrors.class,
            refusal ->
                assertThat(refusal.list())
                    .singleElement()
                    .isInstanceOf(KmsInvalidStateException.class));

    operator.reconnectTo(operator.clusterFromNewestBackup());

    assertThat(open(keyring(), sealed)).isEqualTo("secret");
  }

  @Test
  void multiKeyring_oneStoreDisconnected_opensWithTheOtherKey() {
    String standard = site.kms.createKey().keyMetadata().arn();
    IKeyring both =
        materialProviders()
            .CreateAwsKmsMultiKeyring(
                CreateAwsKmsMultiKeyringInput.builder()
                    .generator(key)
                    .kmsKeyIds(List.of(standard))
                    .clientSupplier(input -> site.generated())
                    .build());
    byte[] sealed = seal(both);
    site.disconnect();

    assertThat(open(both, sealed)).isEqualTo("secret");
  }

  private KmsMasterKeyProvider provider() {
    return KmsMasterKeyProvider.builder().builderSupplier(site::builder).buildStrict(key);
  }

  private IKeyring keyring() {
    KmsClient kms = site.generated();
    return materialProviders()
        .CreateAwsKmsKeyring(
            CreateAwsKmsKeyringInput.builder().kmsKeyId(key).kmsClient(kms).build());
  }

  private static MaterialProviders materialProviders() {
    return MaterialProviders.builder()
        .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
        .build();
  }

  private byte[] seal(KmsMasterKeyProvider provider) {
    return crypto.encryptData(provider, secret(), CONTEXT).getResult();
  }

  private byte[] seal(IKeyring keyring) {
    return crypto.encryptData(keyring, secret(), CONTEXT).getResult();
  }

  private String open(KmsMasterKeyProvider provider, byte[] message) {
    return text(crypto.decryptData(provider, message).getResult());
  }

  private String open(IKeyring keyring, byte[] message) {
    return text(crypto.decryptData(keyring, message).getResult());
  }

  private static byte[] secret() {
    return "secret".getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
