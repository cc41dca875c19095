"""Reads `{did, documents, seen, own}`; writes for each file what openbadgeslib makes of it, its status included, then a certificate
that it issues itself. Nothing is fetched: `documents` is all there is."""

import json
import sys

from openbadgeslib.ob3.ldp import OB3LdpVerifier, add_data_integrity_proof
from openbadgeslib.ob3.signer import OB3Signer
from openbadgeslib.ob3.verifier import OB3Verifier

asked = json.load(sys.stdin)


def download(url, *_, **__):
    if url not in asked["documents"]:
        raise OSError(f"{url} is not known")
    return asked["documents"][url].encode()


for file in asked["seen"]:
    kind = OB3LdpVerifier if file["text"].lstrip().startswith("{") else OB3Verifier
    try:
        verifier = kind.for_issuer_did(asked["did"], download=download)
        credential = verifier.verify(file["text"], check_status=file["status"], download=download)
        print(json.dumps({"valid": True, "id": credential.id, "issuer": credential.issuer.id}))
    except Exception as error:  # whatever it is, the file was not accepted
        print(json.dumps({"valid": False, "because": str(error)}))

own = asked["own"]
document = add_data_integrity_proof(own["credential"], own["key"].encode(), own["method"])
token = OB3Signer(own["key"], algorithm="EdDSA").sign_payload(own["payload"])
print(json.dumps({"document": document, "token": token}))
