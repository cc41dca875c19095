"""Re-derives draws by the procedure invigil-draw-1 (docs/DRAW.md) with nothing but Python's standard library.

    draw_audit.py vectors FILE…   compare with known answers (docs/vectors/draw)
    draw_audit.py FOLDER          audit what `invigil sitting publish` wrote

One line a step; the exit code is 0 only if nothing failed.
"""

import hashlib
import hmac
import json
import pathlib
import struct
import sys

PROCEDURE, MAX_ATTEMPTS = "invigil-draw-1", 1000


def canonical(document):
    """The RFC 8785 form: for ASCII keys, texts and integers, which is all there is, sorted JSON without blanks."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(document):
    return hashlib.sha256(canonical(document)).hexdigest()


def length_prefixed(*parts):
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


class KeyStream:
    """ChaCha20 (RFC 8439) with zero nonce from block 0 on, read as little-endian 32-bit words."""

    def __init__(self, key):
        self.state = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *struct.unpack("<8I", key), 0, 0, 0, 0]
        self.words = []

    def block(self):
        x = list(self.state)

        def add_xor_rotate(a, b, d, bits):
            x[a] = (x[a] + x[b]) & 0xFFFFFFFF
            mixed = x[d] ^ x[a]
            x[d] = (mixed << bits | mixed >> (32 - bits)) & 0xFFFFFFFF

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
        self.words = self.words or self.block()
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
    """This attempt leads to no form; the next goes on with the same stream."""


def key_of(pool, blueprint, secret, pseudonym):
    """HKDF-SHA256 (RFC 5869) without salt, 32 bytes."""
    committed = bytes.fromhex(digest(pool)), bytes.fromhex(digest(blueprint))
    info = length_prefixed(PROCEDURE.encode(), *committed, pseudonym.encode())
    extracted = hmac.digest(bytes(32), bytes.fromhex(secret), "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def attempt(pool, blueprint, stream):
    """The items of a form as units (scenario sets, then single items), or StartOver."""
    quotas, each = {quota["domain"]: quota["items"] for quota in blueprint["domains"]}, blueprint["items_per_set"]
    entries = [entry for entry in pool["entries"] if entry["domain"] in quotas]
    members = {}
    for entry in entries:
        if entry["set"]:
            members.setdefault(entry["set"]["id"], []).append(entry)
    in_order = (sorted(members[name], key=lambda entry: entry["set"]["position"]) for name in sorted(members))
    usable, units = [of_set for of_set in in_order if len(of_set) >= each], []
    for of_set in stream.sample(usable, blueprint["scenario_sets"]):
        units.append([of_set[place] for place in sorted(stream.sample(range(len(of_set)), each))])
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
            entry, looked_at = singles[looked_at], looked_at + 1
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


def published(folder):
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def roster_of(files):
    return {entry["pseudonym"]: entry["secret_commitment"] for entry in files["commitment"]["roster"]}


def check_commitment(files, procedure):
    """What was committed to is what was published, whatever the procedure."""
    commitment, roster = files["commitment"], roster_of(files)
    yield "procedure", commitment["procedure"] == procedure
    yield "roster", [entry["pseudonym"] for entry in commitment["roster"]] == sorted(roster)
    yield "root", commitment["root"] == merkle_root([canonical(entry) for entry in commitment["roster"]]).hex()
    yield "pool", commitment["pool_digest"] == digest(files["pool"])
    yield "blueprint", commitment["blueprint_digest"] == digest(files["blueprint"])
    for who in files.get("draws", {}):
        yield f"on the roster {who}", who in roster


def usable(files):
    """The pool that was drawn from: without the items that were excluded since."""
    excluded = set(files["commitment"]["exclusions"])
    entries = [{**entry, "enemies": [enemy for enemy in entry["enemies"] if enemy not in excluded]}
               for entry in files["pool"]["entries"] if entry["item"] not in excluded]
    return {**files["pool"], "entries": entries}


def check_sitting(folder):
    """The steps of an audit that need nothing but what was published."""
    files = published(folder)
    roster, issued, used = roster_of(files), files.get("draws", {}), usable(files)
    yield from check_commitment(files, PROCEDURE)
    for reveal in files.get("reveals", []):
        who, secret = reveal["pseudonym"], reveal["secret"]
        parts = length_prefixed(b"invigil-secret-1", who.encode(), bytes.fromhex(secret))
        yield f"secret {who}", roster.get(who) == hashlib.sha256(parts).hexdigest()
        if who in issued:
            yield f"draw {who}", issued[who] == draw(used, files["blueprint"], secret, who)


def main(arguments, usage, check_vectors, check_sitting):
    if arguments[:1] == ["vectors"] and len(arguments) > 1:
        steps = [(f"{name} {step}", held) for name in arguments[1:] for step, held in check_vectors(pathlib.Path(name))]
    elif len(arguments) == 1 and arguments != ["vectors"]:
        steps = list(check_sitting(pathlib.Path(arguments[0])))
    else:
        sys.exit(usage)
    sys.stdout.reconfigure(encoding="utf-8")
    print("\n".join(f"{'passed' if held else 'FAILED'} {step}" for step, held in steps))
    sys.exit(not all(held for _, held in steps))


if __name__ == "__main__":
    main(sys.argv[1:], __doc__, check_vectors, check_sitting)
