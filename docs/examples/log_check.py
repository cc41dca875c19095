"""Checks that a credential is in a transparency log (docs/LOG.md) with nothing but Python's standard library.

    log_check.py CREDENTIAL PROOF LOG_VKEY [WITNESS_VKEY…]

CREDENTIAL: the signed JSON. PROOF: its .tlog-proof. LOG_VKEY: the log's key, NAME+KEYID+BASE64. Every witness named has to have
cosigned. One line a check; the exit code is 1 at the first that fails. The credential's own signatures are not looked at.
"""

import base64
import hashlib
import json
import sys
import time

from journal_check import BASE, P, Q, add, canonical, check, digest, point, times


def signed(key, message, signature):
    """RFC 8032, section 5.1.7."""
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    return bool(len(signature) == 64 and s < Q and a and r and times(s, BASE) == add(r, times(k, a)))


def signature_of(vkey, text, lines):
    """The time of the signature under a verifier key (0 for the log's own), or None."""
    name, key_id, encoded = vkey.split("+", 2)
    kind, key = base64.b64decode(encoded)[:1], base64.b64decode(encoded)[1:]
    if hashlib.sha256(name.encode() + b"\n" + kind + key).hexdigest()[:8] != key_id:
        return None
    for line in lines:
        mark, signer, value = line.split(" ")
        value = base64.b64decode(value)
        if mark != "\u2014" or signer != name or value[:4].hex() != key_id:
            continue
        if kind == b"\x01":
            return 0 if signed(key, text.encode(), value[4:]) else None
        made = int.from_bytes(value[4:12], "big")
        message = f"cosignature/v1\ntime {made}\n{text}".encode()
        return made if kind == b"\x04" and signed(key, message, value[12:]) else None
    return None


def root_of(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    last = size - 1
    for sibling in path:
        if index % 2 or index == last:
            leaf = hashlib.sha256(b"\1" + sibling + leaf).digest()
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            leaf = hashlib.sha256(b"\1" + leaf + sibling).digest()
        index, last = index // 2, last // 2
    return leaf if last == 0 else None


credential = json.load(open(sys.argv[1], encoding="utf-8"))
head, checkpoint = open(sys.argv[2], encoding="utf-8").read().split("\n\n", 1)
version, extra, index, *path = head.split("\n")
text, signatures = checkpoint.rsplit("\n\n", 1)
text, signatures = text + "\n", signatures.splitlines()
origin, size, root = text.split("\n")[:3]
record = base64.b64decode(extra.removeprefix("extra ")).decode()
facts = json.loads(record)
check("the proof is of version 1", version == "c2sp.org/tlog-proof@v1" and extra.startswith("extra "))
check("its record is canonical, and of an issuance", canonical(facts) == record and facts["format"] == "invigil-issuance-record")
check("the record names this credential", facts["id"] == credential["id"])
forms = [form["sha256"] for form in facts["forms"] if form["form"] == "json"]
# The canonical form of numbers with fractions is not written here; our credentials have none.
check("and its digest", forms == [digest(canonical(credential))])
leaf = {"format": "invigil-log-leaf", "version": 1, "kind": "issuance", "digest": digest(record)}
index = int(index.removeprefix("index "))
start = hashlib.sha256(b"\0" + canonical(leaf).encode()).digest()
found = root_of(start, index, int(size), [base64.b64decode(line) for line in path])
check(f"entry {index} of the {size} of {origin} is this record's", index < int(size) and found == base64.b64decode(root))
check("the log signed the checkpoint", signature_of(sys.argv[3], text, signatures) == 0)
for vkey in sys.argv[4:]:
    made = signature_of(vkey, text, signatures)
    check(f"{vkey.split('+')[0]} had seen it at {time.strftime('%FT%TZ', time.gmtime(made or 0))}", made)
