package dev.cks.aws.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.Backup;
import software.amazon.awssdk.services.cloudhsmv2.model.Cluster;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeBackupsRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeBackupsResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.Hsm;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresRequest;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateRandomRequest;
import software.amazon.awssdk.services.kms.model.GenerateRandomResponse;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;

/** An account too big to be kept anywhere: made up page by page, and counted. */
final class BigAccount {
  static final String STORE = "cks-1234567890abcdef0";
  static final String CLUSTER = "cluster-1a23b4cdefg";
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PAGE = 1000;
  private static final int EVENT_PAGES = 3;

  final int keys;
  int described;
  int keyPages;
  final List<Instant> lookups = new ArrayList<>();
  final List<LookupEventsRequest> asked = new ArrayList<>();
  private Instant now = START;

  BigAccount(int keys) {
    this.keys = keys;
  }

  /** Waits by jumping. */
  final Pacing pacing =
      new Pacing() {
        @Override
        public Instant now() {
          return now;
        }

        @Override
        public void pause(Duration time) {
          now = now.plus(time);
        }
      };

  final KmsClient kms =
      new KmsClient() {
        @Override
        public DescribeCustomKeyStoresResponse describeCustomKeyStores(
            DescribeCustomKeyStoresRequest request) {
          return DescribeCustomKeyStoresResponse.builder()
              .customKeyStores(
                  CustomKeyStoresListEntry.builder()
                      .customKeyStoreId(STORE)
                      .cloudHsmClusterId(CLUSTER)
                      .customKeyStoreType("AWS_CLOUDHSM")
                      .connectionState("CONNECTED")
                      .build())
              .truncated(false)
              .build();
        }

        @Override
        public ListKeysResponse listKeys(ListKeysRequest request) {
          keyPages++;
          int first = request.marker() == null ? 0 : Integer.parseInt(request.marker());
          int end = Math.min(first + PAGE, keys);
          return ListKeysResponse.builder()
              .keys(
                  IntStream.range(first, end)
                      .mapToObj(i -> KeyListEntry.builder().keyId(Integer.toString(i)).build())
                      .toList())
              .truncated(end < keys)
              .nextMarker(end < keys ? Integer.toString(end) : null)
              .build();
        }

        @Override
        public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
          described++;
          int number = Integer.parseInt(request.keyId());
          return DescribeKeyResponse.builder()
              .keyMetadata(
                  m ->
                      m.keyId(request.keyId())
                          .arn("arn:aws:kms:us-east-1:111122223333:key/" + request.keyId())
                          .keyState(number % 10 == 0 ? "Disabled" : "Enabled")
                          .customKeyStoreId(number % 2 == 0 ? STORE : null)
                          .creationDate(START))
              .build();
        }

        @Override
        public GenerateRandomResponse generateRandom(GenerateRandomRequest request) {
          return GenerateRandomResponse.builder()
              .plaintext(SdkBytes.fromByteArray(new byte[1]))
              .build();
        }

        @Override
        public EncryptResponse encrypt(EncryptRequest request) {
          if (Boolean.TRUE.equals(request.dryRun())) {
            throw DryRunOperationException.builder()
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode("DryRunOperationException")
                        .errorMessage("")
                        .build())
                .build();
          }
          return EncryptResponse.builder().ciphertextBlob(request.plaintext()).build();
        }

        @Override
        public DecryptResponse decrypt(DecryptRequest request) {
          return DecryptResponse.builder().plaintext(request.ciphertextBlob()).build();
        }

        @Override
        public String serviceName() {
          return SERVICE_NAME;
        }

        @Override
        public void close() {}
      };

  final CloudHsmV2Client cloudHsm =
      new CloudHsmV2Client() {
        @Override
        public DescribeClustersResponse describeClusters(DescribeClustersRequest request) {
          return DescribeClustersResponse.builder()
              .clusters(
                  Cluster.builder()
                      .clusterId(CLUSTER)
                      .state("ACTIVE")
                      .hsms(hsm("us-east-1a"), hsm("us-east-1b"))
                      .build())
              .build();
        }

        @Override
        public DescribeBackupsResponse describeBackups(DescribeBackupsRequest request) {
          int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
          return DescribeBackupsResponse.builder()
              .backups(
                  Backup.builder()
                      .backupId("backup-" + page)
                      .clusterId(CLUSTER)
                      .backupState("READY")
                      .createTimestamp(START.plusSeconds(page))
                      .build())
              .nextToken(page < 2 ? Integer.toString(page + 1) : null)
              .build();
        }

        @Override
        public String serviceName() {
          return SERVICE_NAME;
        }

        @Override
        public void close() {}
      };

  private static Hsm hsm(String zone) {
    return Hsm.builder().hsmId("hsm-" + zone).availabilityZone(zone).state("ACTIVE").build();
  }

  final CloudTrailClient cloudTrail =
      new CloudTrailClient() {
        @Override
        public LookupEventsResponse lookupEvents(LookupEventsRequest request) {
          lookups.add(now);
          asked.add(request);
          int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
          return LookupEventsResponse.builder()
              .events(
                  Event.builder()
                      .eventName(request.lookupAttributes().get(0).attributeValue())
                      .eventTime(START.minusSeconds(page))
                      .cloudTrailEvent(
                          "{\"requestParameters\":{\"customKeyStoreId\":\"" + STORE + "\"}}")
                      .build())
              .nextToken(page + 1 < EVENT_PAGES ? Integer.toString(page + 1) : null)
              .build();
        }

        @Override
        public String serviceName() {
          return SERVICE_NAME;
        }

        @Override
        public void close() {}
      };

  Doctor.Builder doctor() {
    return Doctor.builder(kms, cloudHsm, cloudTrail).pacing(pacing);
  }
}
