"""Re-derives every draw of a sitting by the procedure invigil-draw-2 (docs/DRAW2.md) and prints each candidate's form hash.

    draw2_audit.py vectors FILE…   compare with known answers (docs/vectors/draw/v2-*.json)
    draw2_audit.py FOLDER          audit what `invigil sitting publish` wrote

Nothing but Python's standard library, and key stream, digests and commitments from draw_audit.py beside it.
"""
import hashlib, hmac, itertools, json, math, sys
from draw_audit import KeyStream, StartOver, check_commitment, digest, length_prefixed, main, published, roster_of, usable

LEVELS, FULL = ["comprehension", "application", "analysis", "evaluation"], 2**64 - 1

def coin(stream, part, whole):
    odds = FULL * part // whole
    if odds in (0, FULL):
        return odds == FULL
    word = stream.word()
    return word < odds >> 32 or (word == odds >> 32 and stream.word() < odds % 2**32)

def pick(stream, weights):
    number, whole = (stream.word() << 32 | stream.word()) if len(weights) > 1 else 0, sum(weights)
    sums = list(itertools.accumulate(weights))
    return next((at for at, so_far in enumerate(sums) if number < FULL * so_far // whole), len(weights) - 1)

def tails(weights):
    """For each place: the weight of all choices of 0, 1, … of the entries from there on (elementary symmetric sums)."""
    rows = [[1]]
    for weight in reversed(weights):
        rows.append([out + weight * with_it for out, with_it in zip(rows[-1] + [0], [0] + rows[-1])])
    return rows[::-1]

def product(one, other):
    return [sum(one[i] * other[r - i] for i in range(max(0, r - len(other) + 1), min(r + 1, len(one))))
            for r in range(len(one) + len(other) - 1)]

def prepare(pool, blueprint, earlier):
    quotas, each, seen = blueprint["domains"], blueprint["items_per_set"], set(earlier["items"])
    again = seen if blueprint["shared_items"] == 0 else set()
    barred = set(earlier["sets"]) | {e["set"]["id"] for e in pool["entries"] if e["set"] and each is None and e["item"] in again}
    live = [e for e in pool["entries"] if e["domain"] in [q["domain"] for q in quotas] and e["item"] not in again
            and (e["set"] or {"id": None})["id"] not in barred]
    names = {e["item"] for e in live}
    live = [{**e, "enemies": names & set(e["enemies"]), "seen": e["item"] in seen} for e in live]
    scored, groups, sets = [e for e in live if e["use"] == "scored"], {}, []
    for e in sorted((e for e in scored if e["set"]), key=lambda e: (e["set"]["id"], e["set"]["position"])):
        groups.setdefault(e["set"]["id"], []).append(e)
    for name, of in groups.items():
        options = list(itertools.combinations(of, len(of) if each is None else each)) if blueprint["scenario_sets"] else []
        options = [o for o in options if not any(e["enemies"] & {f["item"] for f in o} for e in o)]
        sets += [(next(s["words"] for s in pool["sets"] if s["id"] == name), of, options)] if options else []
    count, entries, tilt, strata = blueprint["scenario_sets"], sum(len(of) for _, of, _ in sets), {}, []
    for name, quota in ((q["domain"], q["items"]) for q in quotas):
        cells = [[e for e in scored if not e["set"] and (e["domain"], e["level"]) == (name, level)] for level in LEVELS]
        cells = [sorted(cell, key=lambda e: not e["enemies"]) for cell in cells]
        rows = [tails([e["weight"] for e in cell]) for cell in cells]
        behind = [rows[3][0]]
        for row in (rows[2], rows[1], rows[0]):
            behind.insert(0, product(row[0], behind[0]))
        ways = lambda c: behind[0][quota - c]
        brought = [[sum(e["domain"] == name for e in o) for o in options] for _, _, options in sets]
        low = max(sum(sorted(map(min, brought))[:count]), quota - len(behind[0]) + 1)
        high = min(sum(sorted(map(max, brought), reverse=True)[:count]), quota)
        share = count * sum(e["domain"] == name for _, of, _ in sets for e in of)
        at = share // max(1, len(sets)) if each is None else share * each // max(1, entries)
        at = max(low, min(at, high - 1))
        tilt[name] = max(1, (ways(at + 1) << 32) // ways(at)) if low < high else 1 << 32
        untilted, best = {c: (ways(c) << 32 * c, tilt[name] ** c) for c in range(low, high + 1)}, low
        for c, (part, whole) in untilted.items():
            best = c if part * untilted[best][1] > untilted[best][0] * whole else best
        accept = {c: (part * untilted[best][1], untilted[best][0] * whole) for c, (part, whole) in untilted.items()}
        strata.append((name, quota, cells, rows, behind, accept))
    longest = max((len(o) for _, _, options in sets for o in options), default=0)
    weight = lambda o: math.prod(tilt[e["domain"]] * e["weight"] for e in o) << 32 * (longest - len(o))
    weights = [[weight(o) for o in options] for _, _, options in sets]
    return sets, weights, tails([sum(w) for w in weights]), strata, [e for e in live if e["use"] == "pilot"]

def attempt(stream, blueprint, sets, weights, rows, strata, pilots):
    units, words, wanted, taken = [], 0, blueprint["scenario_sets"], {}
    def require(holds):
        if not holds:
            raise StartOver
    def take(entry):
        require(not any(enemy in taken for enemy in entry["enemies"]))
        taken[entry["item"]] = entry
        require(blueprint["shared_items"] is None or sum(e["seen"] for e in taken.values()) <= blueprint["shared_items"])
    for at, (stimulus, _, options) in enumerate(sets):
        if wanted and coin(stream, sum(weights[at]) * rows[at + 1][wanted - 1], rows[at][wanted]):
            wanted, words = wanted - 1, words + stimulus
            units.append(options[pick(stream, weights[at])])
    in_sets = [e for unit in units for e in unit]
    brought = {name: sum(e["domain"] == name for e in in_sets) for name, *_ in strata}
    for name, *_, accept in strata:
        require(brought[name] in accept and coin(stream, *accept[brought[name]]))
    for entry in in_sets:
        take(entry)
    levels, left = {level: sum(e["level"] == level for e in in_sets) for level in LEVELS}, {}
    for name, quota, _, of_rows, behind, _ in strata:
        rest = quota - brought[name]
        for at, level in enumerate(LEVELS):
            if at < 3:
                own, others = of_rows[at][0], behind[at + 1]
                least = max(0, rest - len(others) + 1)
                here = least + pick(stream, [own[n] * others[rest - n] for n in range(least, min(rest, len(own) - 1) + 1)])
            else:
                here = rest
            left[name, at], rest = here, rest - here
            levels[level] += here
    require(all(r["min"] <= levels[r["level"]] <= r["max"] for r in blueprint["levels"]))
    for with_enemies in (True, False):
        for name, _, cells, of_rows, *_ in strata:
            for level, cell in enumerate(cells):
                for at, entry in enumerate(cell):
                    n, row = left[name, level], of_rows[level]
                    if bool(entry["enemies"]) == with_enemies and n and coin(stream, entry["weight"] * row[at + 1][n - 1], row[at][n]):
                        left[name, level] -= 1
                        take(entry)
                        units.append((entry,))
    for entry in stream.sample(pilots, blueprint["pilots"]):
        take(entry)
        units.append((entry,))
    difficulty = sum(e["difficulty"] or 0 for e in taken.values() if e["use"] == "scored")
    for key, total in (("words", words + sum(e["words"] for e in taken.values())), ("difficulty", difficulty)):
        require(blueprint[key] is None or blueprint[key]["min"] <= total <= blueprint[key]["max"])
    return [e["item"] for unit in stream.sample(units, len(units)) for e in unit]

def key_of(pool, blueprint, secret, pseudonym, earlier):
    committed = [bytes.fromhex(digest(document)) for document in (pool, blueprint, earlier)]
    info = length_prefixed(b"invigil-draw-2", *committed, pseudonym.encode())
    return hmac.digest(hmac.digest(bytes(32), bytes.fromhex(secret), "sha256"), info + b"\x01", "sha256")

def draw(pool, blueprint, secret, pseudonym, earlier):
    stream, prepared = KeyStream(key_of(pool, blueprint, secret, pseudonym, earlier)), prepare(pool, blueprint, earlier)
    for _ in range(1_000_000):
        try:
            items = attempt(stream, blueprint, *prepared)
        except StartOver:
            continue
        return {"format": "invigil-draw", "version": 2, "procedure": "invigil-draw-2", "earlier": earlier, "items": items}

def check_vectors(path):
    known = json.loads(path.read_text("utf-8"))
    for number, case in enumerate(known["cases"], 1):
        inputs = known["pool"], known["blueprint"], case["secret"], case["pseudonym"], case["earlier"]
        stream = KeyStream(key_of(*inputs))
        yield f"key of case {number}", case["key"] == key_of(*inputs).hex()
        yield f"words of case {number}", case["words"] == [stream.word() for _ in case["words"]]
        yield f"draw of case {number} {digest(case['draw'])}", case["draw"] == draw(*inputs)

def check_sitting(folder):
    files = published(folder)
    roster, issued, used = roster_of(files), files["draws"], usable(files)
    yield from check_commitment(files, "invigil-draw-2")
    for who, secret, earlier in ((r["pseudonym"], r["secret"], r["earlier"]) for r in files["reveals"]):
        parts = length_prefixed(b"invigil-secret-2", who.encode(), bytes.fromhex(secret), bytes.fromhex(digest(earlier)))
        yield f"secret {who}", roster.get(who) == hashlib.sha256(parts).hexdigest()
        derived = draw(used, files["blueprint"], secret, who, earlier)
        yield f"draw {who} {digest(derived)}", issued.get(who, derived) == derived

if __name__ == "__main__":
    main(sys.argv[1:], __doc__, check_vectors, check_sitting)
