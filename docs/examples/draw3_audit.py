"""Re-derives every draw of a sitting by the procedure invigil-draw-3 (docs/DRAW3.md): which form of the pool, in which order.

    draw3_audit.py vectors FILE…   compare with known answers (docs/vectors/draw/v3-*.json)
    draw3_audit.py FOLDER          audit what `invigil sitting publish` wrote

Nothing but Python's standard library, and key stream, digests and commitments from draw_audit.py beside it.
"""
import hashlib, hmac, itertools, json, sys
from draw_audit import KeyStream, check_commitment, digest, length_prefixed, main, published, roster_of

NONE = {"items": [], "sets": []}

def overlap(forms):
    return max((len(set(a["items"]) & set(b["items"])) for a, b in itertools.combinations(forms, 2)), default=0)

def usable(files):
    """The pool that was drawn from: without the forms that have an excluded item, and what is then on none."""
    pool, excluded = files["pool"], set(files["commitment"]["exclusions"])
    forms = [form for form in pool["forms"] if not excluded & set(form["items"])]
    on = {item for form in forms for item in form["items"]}
    entries = [{**e, "enemies": [enemy for enemy in e["enemies"] if enemy in on]} for e in pool["entries"] if e["item"] in on]
    named = {e["set"]["id"] for e in entries if e["set"]}
    sets = [s for s in pool["sets"] if s["id"] in named]
    return {**pool, "entries": entries, "sets": sets, "forms": forms, "overlap": overlap(forms)} if excluded else pool

def key_of(pool, blueprint, secret, pseudonym, earlier):
    committed = [bytes.fromhex(digest(document)) for document in (pool, blueprint, earlier)]
    info = length_prefixed(b"invigil-draw-3", *committed, pseudonym.encode())
    return hmac.digest(hmac.digest(bytes(32), bytes.fromhex(secret), "sha256"), info + b"\x01", "sha256")

def draw(pool, blueprint, secret, pseudonym, earlier):
    entries, met, barred, most = {e["item"]: e for e in pool["entries"]}, set(earlier["items"]), set(earlier["sets"]), blueprint["shared_items"]
    def is_open(form):
        shared = sum(item in met for item in form["items"])
        returns = any(entries[item]["set"] and entries[item]["set"]["id"] in barred for item in form["items"])
        return shared < len(form["items"]) and not returns and (most is None or shared <= most)
    forms, stream = [form for form in pool["forms"] if is_open(form)], KeyStream(key_of(pool, blueprint, secret, pseudonym, earlier))
    if not forms:
        return None
    form = forms[stream.below(len(forms))]
    sets, alone = {}, []
    for entry in (entries[item] for item in form["items"]):
        (sets.setdefault(entry["set"]["id"], []) if entry["set"] else alone).append(entry)
    units = [sorted(sets[name], key=lambda e: e["set"]["position"]) for name in sorted(sets)] + [[e] for e in alone]
    items = [e["item"] for unit in stream.sample(units, len(units)) for e in unit]
    return {"format": "invigil-draw", "version": 3, "procedure": "invigil-draw-3", "earlier": earlier, "form": form["name"], "items": items}

def check_vectors(path):
    known = json.loads(path.read_text("utf-8"))
    yield "digests", (known["pool_digest"], known["blueprint_digest"]) == (digest(known["pool"]), digest(known["blueprint"]))
    for number, case in enumerate(known["cases"], 1):
        inputs = known["pool"], known["blueprint"], case["secret"], case["pseudonym"], case["earlier"]
        stream = KeyStream(key_of(*inputs))
        yield f"key of case {number}", case["key"] == key_of(*inputs).hex()
        yield f"words of case {number}", case["words"] == [stream.word() for _ in case["words"]]
        yield f"draw of case {number} {digest(case['draw'])}", case["draw"] == draw(*inputs)

def check_sitting(folder):
    files = published(folder)
    roster, issued, used, pool = roster_of(files), files.get("draws", {}), usable(files), files["pool"]
    yield from check_commitment(files, "invigil-draw-3")
    yield "overlap", pool["overlap"] == overlap(pool["forms"])
    uses = max(sum(e["item"] in form["items"] for form in pool["forms"]) for e in pool["entries"] if e["use"] == "scored")
    yield "exposure", 1000 * uses <= (files["blueprint"]["max_exposure"] or 1000) * len(pool["forms"])
    for who, secret, earlier in ((r["pseudonym"], r["secret"], r.get("earlier") or NONE) for r in files.get("reveals", [])):
        parts = length_prefixed(b"invigil-secret-2", who.encode(), bytes.fromhex(secret), bytes.fromhex(digest(earlier)))
        yield f"secret {who}", roster.get(who) == hashlib.sha256(parts).hexdigest()
        derived = draw(used, files["blueprint"], secret, who, earlier)
        yield f"draw {who} {derived and derived['form']} {digest(derived)}", derived is not None and issued.get(who, derived) == derived

if __name__ == "__main__":
    main(sys.argv[1:], __doc__, check_vectors, check_sitting)
