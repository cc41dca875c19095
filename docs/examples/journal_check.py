"""Checks the journal of a sitting (docs/JOURNAL.md) with nothing but Python's standard library.

    journal_check.py PACKAGE JOURNAL [RECEIPT_ACKNOWLEDGEMENT_OR_PAYLOAD…]

PACKAGE: the file, or its first line alone. JOURNAL: JSON lines, as `age -d` gives them out of a response file. PAYLOAD: what
was sealed in the package, as `age -d` gives it; only with it can be told whether line 1 proves that the package was opened.
One line a check; the exit code is 1 at the first that fails. Whose the keys are that it names is for the reader to compare.
"""

import hashlib
import json
import re
import sys

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)


def check(what, holds, quiet=False):
    if not (holds and quiet):
        print("ok    " if holds else "FAILED", what)
    if not holds:
        sys.exit(1)


def canonical(value):
    """RFC 8785 for what our JSON consists of: objects, lists, texts, booleans, null, integers below 2^53; no fractions."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(member) for name, member in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(member) for member in value) + "]"
    if isinstance(value, float) or isinstance(value, int) and abs(value) >= 2**53:
        raise ValueError(f"{value} is no integer below 2^53")
    return json.dumps(value, ensure_ascii=False)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def add(p, q):
    """Two points of the curve (RFC 8032, section 5.1), as pairs."""
    t = D * p[0] * p[1] * q[0] * q[1]
    x, y = (p[0] * q[1] + q[0] * p[1]) * pow(1 + t, -1, P), (p[1] * q[1] + p[0] * q[0]) * pow(1 - t, -1, P)
    return x % P, y % P


def times(n, p):
    total = (0, 1)
    for bit in f"{n:b}":
        total = add(total, total)
        total = add(total, p) if bit == "1" else total
    return total


def point(encoded):
    """Section 5.1.3; None for what is no point, or one of small order."""
    y, sign = int.from_bytes(encoded, "little") % 2**255, encoded[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    root = pow(square, (P + 3) // 8, P)
    x = root if root * root % P == square else root * ROOT % P
    if y >= P or x * x % P != square or times(8, (x, y)) == (0, 1):
        return None
    return (x if x % 2 == sign else P - x), y


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed(multikey, message, signature):
    """Section 5.1.7, under a key in Multikey form: `z`, then base 58 of ed 01 and the key."""
    number = 0
    for letter in multikey[1:]:
        number = number * 58 + "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".index(letter)
    key, r, s = number.to_bytes(34, "big"), bytes.fromhex(signature[:64]), bytes.fromhex(signature[64:])
    k = int.from_bytes(hashlib.sha512(r + key[2:] + message.encode()).digest(), "little") % Q
    a, r, s = point(key[2:]), point(r), int.from_bytes(s, "little")
    spelt = multikey[0] == "z" and key[:2] == b"\xed\x01" and re.fullmatch("[0-9a-f]{128}", signature)
    return bool(spelt and s < Q and a and r and times(s, BASE) == add(r, times(k, a)))


def by(document, keys):
    return document["key"] in keys and signed(document["key"], canonical(document["document"]), document["signature"])


def walk(manifest, lines):
    """Every state of the journal from the empty one on: hash of its last line, device, epoch, whether it was handed in."""
    head, device, epoch, ended, opened = digest(canonical(manifest)), None, 1, False, False
    yield head, device, epoch, ended
    for seq, text in enumerate(lines, 1):
        line = json.loads(text)
        event, kind = line["event"], line["event"]["type"]

        def need(what, holds):
            check(f"line {seq} {what}", holds, quiet=True)

        need("is canonical JSON of at most 4,096 bytes", canonical(line) == text and len(text.encode()) <= 4096)
        need("has the members of a line, version 1", sorted(line) == "at event nonce prev seq v".split() and line["v"] == 1)
        need("has the next number", line["seq"] == seq)
        need("names the hash of the line before it", line["prev"] == head)
        need("has a nonce of 128 bits", re.fullmatch("[0-9a-f]{32}", line["nonce"]))
        need("comes before the end", not ended)
        need("is `released` if it is the first, and only then", (kind == "released") == (seq == 1))
        if kind in ("answered", "typed", "flagged", "navigated", "paused", "submitted"):
            need("comes after `opened`", opened)
        if kind == "released":
            need("has a proof of 64 hexadecimal digits", re.fullmatch("[0-9a-f]{64}", event["proof"]))
        if kind == "opened":
            need("opens the manifest's form, and is the first to", event["form"] == manifest["form_digest"] and not opened)
            opened = True
        if kind == "checkpointed":
            message = canonical(["invigil-checkpoint-1", manifest["attempt"], epoch, seq - 1, head])
            need("is signed by the device over the lines before it", signed(device, message, event["signature"]))
        if kind in ("released", "moved"):
            device, epoch = event["device"]["key"], epoch + (kind == "moved")
        head, ended = digest(text), kind == "submitted"
        yield head, device, epoch, ended


def check_payload(what, payload, manifest, lines):
    """What only the payload shows: docs/PACKAGE.md, «The opening»."""
    check(f"{what}: version 1", payload["version"] == 1)
    form = digest(canonical(payload["form"]))
    check(f"{what}: of this attempt", (payload["attempt"], form) == (manifest["attempt"], manifest["form_digest"]))
    check(f"{what}: the journal has a line 1", lines)
    first = json.loads(lines[0])["event"]
    same = all(first[name] == payload[name] for name in ("extra_ms", "break_ms"))
    check(f"{what}: line 1 claims the extra time and breaks that were approved", same)
    proof = digest(canonical(["invigil-opening-1", manifest["attempt"], first["device"]["key"], payload["opening"]]))
    check(f"{what}: line 1 proves that the package was opened", first["proof"] == proof)


def main(package, journal, *papers):
    with open(package, "rb") as file:
        first = file.readline().decode().rstrip("\n")
    head = json.loads(first)
    manifest, keys = head["document"], head["document"]["keys"]
    check("manifest: canonical JSON", canonical(head) == first)
    check("manifest: version 2 to 4", manifest["format"] == "invigil-manifest" and manifest["version"] in (2, 3, 4))
    check(f"manifest: signed by {head['key']}", by(head, [head["key"]]))
    with open(journal, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    check("journal: every line has its line feed", lines.pop() == "")
    states = list(walk(manifest, lines))
    count, vouched = len(lines), sum('"type":"checkpointed"' in line for line in lines)
    check(f"journal: {count} lines, {vouched} checkpoints, handed in: {'yes' if states[-1][3] else 'no'}", True)
    for path in papers:
        with open(path, encoding="utf-8") as file:
            paper = json.load(file)
        if paper.get("format") == "invigil-payload":
            check_payload(f"{path} (payload)", paper, manifest, lines)
            continue
        is_receipt = paper.get("format") == "invigil-receipt"
        paper = paper["header"] if is_receipt else paper
        said = paper["document"]
        what = f"{path} ({'device' if is_receipt else 'exam body'}, {said['count']} lines)"
        check(f"{what}: signed", by(paper, [said["device"]] if is_receipt else [keys["exam"], keys["room"]]))
        mine = (said["attempt"], said["manifest"]) == (manifest["attempt"], digest(canonical(manifest)))
        check(f"{what}: of this attempt", mine)
        check(f"{what}: the journal has as many lines", 0 <= said["count"] <= count)
        names = ("head", "device", "epoch", "submitted") if is_receipt else ("head", "submitted")
        state = dict(zip(("head", "device", "epoch", "submitted"), states[said["count"]]))
        check(f"{what}: names this journal", all(said[name] == state[name] for name in names))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        check(f"it can be read ({type(error).__name__}: {error})", False)
