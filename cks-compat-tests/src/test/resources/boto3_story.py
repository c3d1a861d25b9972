"""A key store's outage through boto3. Its arguments are the key store's id and its cluster's."""

import sys

import boto3


def refused(error, call):
    try:
        call()
    except error as e:
        return e.response
    raise AssertionError(f"not refused with {error}")


store, cluster = sys.argv[1:]
kms = boto3.client("kms")
known = kms.exceptions

key = kms.create_key(Origin="AWS_CLOUDHSM", CustomKeyStoreId=store)["KeyMetadata"]
assert key["CreationDate"].microsecond, key
for number in range(3):
    kms.create_alias(AliasName=f"alias/boto-{number}", TargetKeyId=key["KeyId"])
pages = list(kms.get_paginator("list_aliases").paginate(PaginationConfig={"PageSize": 1}))
names = [alias["AliasName"] for page in pages for alias in page["Aliases"]]
assert len(pages) >= 3 and "alias/boto-2" in names, names

context = {"purpose": 'é"\\\n漢'}
blob = kms.encrypt(KeyId="alias/boto-0", Plaintext=b"secret", EncryptionContext=context)
blob = blob["CiphertextBlob"]
refused(known.InvalidCiphertextException, lambda: kms.decrypt(CiphertextBlob=blob))

kms.disconnect_custom_key_store(CustomKeyStoreId=store)
answer = refused(
    known.KMSInvalidStateException,
    lambda: kms.decrypt(CiphertextBlob=blob, EncryptionContext=context),
)
assert answer["Error"]["Message"] == f"{key['Arn']} is unavailable.", answer
assert answer["message"] == answer["Error"]["Message"], answer
assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400, answer
assert answer["ResponseMetadata"]["RetryAttempts"] == 0, answer
refused(
    known.CustomKeyStoreInvalidStateException,
    lambda: kms.create_key(Origin="AWS_CLOUDHSM", CustomKeyStoreId=store),
)
assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"] == "Unavailable"

kms.connect_custom_key_store(CustomKeyStoreId=store)
pages = kms.get_paginator("describe_custom_key_stores").paginate()
states = [s["ConnectionState"] for page in pages for s in page["CustomKeyStores"]]
assert states == ["CONNECTED"], states
opened = kms.decrypt(CiphertextBlob=blob, EncryptionContext=context)
assert opened["Plaintext"] == b"secret", opened["KeyId"]

hsm = boto3.client("cloudhsmv2")
backups = hsm.describe_backups(Filters={"clusterIds": [cluster]})["Backups"]
assert {backup["ClusterId"] for backup in backups} == {cluster}, backups
refused(
    hsm.exceptions.CloudHsmResourceNotFoundException,
    lambda: hsm.delete_cluster(ClusterId="cluster-22222222222"),
)

trail = boto3.client("cloudtrail").get_paginator("lookup_events")
events = trail.paginate(
    LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "DisconnectCustomKeyStore"}
    ]
)
found = [event for page in events for event in page["Events"]]
assert len(found) == 1 and found[0]["Username"] == "Alice", found

print("told to its end")
