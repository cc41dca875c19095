#!/usr/bin/env python3
"""Re-derives draws by the procedure invigil-draw-1 (docs/DRAW.md) with nothing but Python's standard library.

    draw_audit.py vectors FILE…   compare with known answers (docs/vectors/draw)
    draw_audit.py FOLDER          audit a sitting from commitment.json, pool.json, blueprint.json and, where they are
                                  there, reveals.json and draws.json

One line a file or step; the exit code is 0 only if nothing failed.
"""

import hashlib
import hmac
import json
import pathlib
import struct
import sys

PROCEDURE = "invigil-draw-1"
MAX_ATTEMPTS = 1000


def digest(document):
    """SHA-256 of the RFC 8785 form. (These documents have ASCII keys and integers only, so sorted JSON is that form.)"""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def length_prefixed(*parts):
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def hkdf(secret, info):
    """HKDF-SHA256 (RFC 5869), no salt, 32 bytes."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


class KeyStream:
    """ChaCha20 (RFC 8439) with zero nonce from block 0 on, read as little-endian 32-bit words."""

    def __init__(self, key):
        self.state = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *struct.unpack("<8I", key), 0, 0, 0, 0]
        self.words = []

    def block(self):
        x = list(self.state)

        def add_xor_rotate(a, b, d, bits):
            x[a] = (x[a] + x[b]) & 0xFFFFFFFF
            x[d] ^= x[a]
            x[d] = (x[d] << bits | x[d] >> (32 - bits)) & 0xFFFFFFFF

        columns = [(i, i + 4, i + 8, i + 12) for i in range(4)]
        diagonals = [(i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12) for i in range(4)]
        for a, b, c, d in (columns + diagonals) * 10:
            add_xor_rotate(a, b, d, 16)
            add_xor_rotate(c, d, b, 12)
            add_xor_rotate(a, b, d, 8)
            add_xor_rotate(c, d, b, 7)
        block = [(one + other) & 0xFFFFFFFF for one, other in zip(x, self.state)]
        self.state[12] += 1
        return block

    def word(self):
        if not self.words:
            self.words = self.block()
        return self.words.pop(0)

    def below(self, n):
        if n <= 1:
            return 0
        limit = 2**32 - 2**32 % n
        while (word := self.word()) >= limit:
            pass
        return word % n

    def draw_to(self, entries, i):
        j = i + self.below(len(entries) - i)
        entries[i], entries[j] = entries[j], entries[i]

    def sample(self, entries, count):
        entries = list(entries)
        for i in range(min(count, len(entries))):
            self.draw_to(entries, i)
        return entries[:count]


class StartOver(Exception):
    pass


def key_of(pool, blueprint, secret, pseudonym):
    committed = bytes.fromhex(digest(pool)), bytes.fromhex(digest(blueprint))
    return hkdf(bytes.fromhex(secret), length_prefixed(PROCEDURE.encode(), *committed, pseudonym.encode()))


def attempt(pool, blueprint, stream):
    """The items of a form as units (scenario sets, then single items), or StartOver."""
    quotas = {quota["domain"]: quota["items"] for quota in blueprint["domains"]}
    entries = [entry for entry in pool["entries"] if entry["domain"] in quotas]
    each = blueprint["items_per_set"]
    members = {}
    for entry in entries:
        if entry["set"]:
            members.setdefault(entry["set"]["id"], []).append(entry)
    usable = [sorted(members[name], key=lambda entry: entry["set"]["position"]) for name in sorted(members)]
    usable = [members for members in usable if len(members) >= each]
    if len(usable) < blueprint["scenario_sets"]:
        raise ValueError("too few scenario sets")

    units = []
    for members in stream.sample(usable, blueprint["scenario_sets"]):
        places = sorted(stream.sample(range(len(members)), each))
        units.append([members[place] for place in places])
    chosen = {entry["item"]: entry for unit in units for entry in unit}
    if any(enemy in chosen for entry in chosen.values() for enemy in entry["enemies"]):
        raise StartOver
    filled = {domain: sum(entry["domain"] == domain for entry in chosen.values()) for domain in quotas}
    if any(filled[domain] > quotas[domain] for domain in quotas):
        raise StartOver
    for domain in quotas:
        singles = [entry for entry in entries if entry["domain"] == domain and not entry["set"]]
        looked_at = 0
        while filled[domain] < quotas[domain]:
            if looked_at == len(singles):
                raise StartOver
            stream.draw_to(singles, looked_at)
            entry = singles[looked_at]
            looked_at += 1
            if not any(enemy in chosen for enemy in entry["enemies"]):
                chosen[entry["item"]] = entry
                filled[domain] += 1
                units.append([entry])
    return units


def draw(pool, blueprint, secret, pseudonym):
    stream = KeyStream(key_of(pool, blueprint, secret, pseudonym))
    for _ in range(MAX_ATTEMPTS):
        try:
            units = attempt(pool, blueprint, stream)
        except StartOver:
            continue
        items = []
        for entry in (entry for unit in stream.sample(units, len(units)) for entry in unit):
            items.append({"item": entry["item"], "options": stream.sample(range(entry["options"]), entry["options"])})
        return {"format": "invigil-draw", "version": 1, "procedure": PROCEDURE, "items": items}
    raise ValueError(f"no form in {MAX_ATTEMPTS} attempts")


def merkle_root(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) < 2:
        return hashlib.sha256(b"\0" + leaves[0] if leaves else b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + merkle_root(leaves[:split]) + merkle_root(leaves[split:])).digest()


def check_vectors(path):
    """Whether every answer of a file of vectors is the one derived here."""
    known = json.loads(path.read_text("utf-8"))
    pool, blueprint = known["pool"], known["blueprint"]
    yield "digests", (known["pool_digest"], known["blueprint_digest"]) == (digest(pool), digest(blueprint))
    for number, case in enumerate(known["cases"], 1):
        key = key_of(pool, blueprint, case["secret"], case["pseudonym"])
        stream = KeyStream(key)
        yield f"key of case {number}", case["key"] == key.hex()
        yield f"words of case {number}", case["words"] == [stream.word() for _ in case["words"]]
        yield f"draw of case {number}", case["draw"] == draw(pool, blueprint, case["secret"], case["pseudonym"])


def check_sitting(folder):
    """The steps of an audit that need nothing but what was published."""
    def read(name, default=None):
        path = folder / name
        return default if default is not None and not path.exists() else json.loads(path.read_text("utf-8"))

    commitment, pool, blueprint = read("commitment.json"), read("pool.json"), read("blueprint.json")
    roster = {entry["pseudonym"]: entry["secret_commitment"] for entry in commitment["roster"]}
    leaves = [json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
              for entry in commitment["roster"]]
    yield "procedure", commitment["procedure"] == PROCEDURE
    yield "roster", [entry["pseudonym"] for entry in commitment["roster"]] == sorted(roster)
    yield "root", commitment["root"] == merkle_root(leaves).hex()
    yield "pool", commitment["pool_digest"] == digest(pool)
    yield "blueprint", commitment["blueprint_digest"] == digest(blueprint)
    excluded, used = set(commitment["exclusions"]), dict(pool)
    used["entries"] = [{**entry, "enemies": [enemy for enemy in entry["enemies"] if enemy not in excluded]}
                       for entry in pool["entries"] if entry["item"] not in excluded]
    issued = read("draws.json", {})
    for reveal in read("reveals.json", []):
        who, secret = reveal["pseudonym"], reveal["secret"]
        parts = length_prefixed(b"invigil-secret-1", who.encode(), bytes.fromhex(secret))
        yield f"secret {who}", roster.get(who) == hashlib.sha256(parts).hexdigest()
        if who in issued:
            yield f"draw {who}", issued[who] == draw(used, blueprint, secret, who)
    for who in issued:
        yield f"on the roster {who}", who in roster


def main(arguments):
    if arguments[:1] == ["vectors"] and len(arguments) > 1:
        reports = [(name, list(check_vectors(pathlib.Path(name)))) for name in arguments[1:]]
        lines = [(name, all(held for _, held in steps), ", ".join(step for step, held in steps if not held))
                 for name, steps in reports]
    elif len(arguments) == 1 and arguments != ["vectors"]:
        lines = [(step, held, "") for step, held in check_sitting(pathlib.Path(arguments[0]))]
    else:
        sys.exit(__doc__)
    for name, held, detail in lines:
        print("passed" if held else "FAILED", name, detail)
    sys.exit(not all(held for _, held, _ in lines))


if __name__ == "__main__":
    main(sys.argv[1:])
