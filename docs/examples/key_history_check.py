#!/usr/bin/env python3
"""Checks the statements of a root key (docs/KEYS.md) and says which key may sign what and when. Python 3.8, nothing else.

    curl -s https://HOST/.well-known/invigil-keys.json > keys.json; python3 key_history_check.py keys.json [ROOT-KEY]

Name the root key as you know it from elsewhere: the file alone only says that it hangs together.
"""
import hashlib
import json
import sys

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # RFC 8032, section 5.1
D = -121665 * pow(121666, P - 2, P) % P
ABC = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

def add(a, b):
    (x, y), (u, v) = a, b
    k = D * x * u * y * v
    return (x * v + u * y) * pow(1 + k, P - 2, P) % P, (y * v + x * u) * pow(1 - k, P - 2, P) % P

def times(n, point):
    result = (0, 1)
    while n:
        result, point, n = add(result, point) if n & 1 else result, add(point, point), n >> 1
    return result

def point(data):
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    assert y < P and x * x % P == square, "a point that is not on the curve"
    return (P - x if x % 2 != sign else x), y

BASE = point(bytes([0x58]) + bytes([0x66] * 31))

def verifies(key, message, signature):
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    return s < Q and times(s, BASE) == add(point(signature[:32]), times(h, point(key)))

def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

history, prev, ends, windows = json.load(open(sys.argv[1])), None, {}, {}
number = 0
for digit in history["root"][1:]:
    number = number * 58 + ABC.index(digit)
root = number.to_bytes(34, "big")
assert root[:2] == b"\xed\x01" and sys.argv[2:] in ([], [history["root"]]), "not the root key that you named"
for n, signed in enumerate(history["statements"], 1):
    s, where = signed["document"], f"statement {n}"
    assert signed["key"] == history["root"] and verifies(root[2:], canonical(s), bytes.fromhex(signed["signature"])), where
    assert (s["seq"], s["prev"], s["issuer"]) == (n, prev, history["issuer"]), where
    (action, what), prev = *s["action"].items(), hashlib.sha256(canonical(signed)).hexdigest()
    assert action == "compromise" or s["key"] not in ends, where
    windows.setdefault(s["key"], []).append(what) if action == "certify" else ends.__setitem__(s["key"], (action, what))
print(f"{len(history['statements'])} statements hang together under {history['root']}; the last is {prev}")
for key in {**windows, **ends}:
    print(key, *[f"{w['purposes']} {w['not_before']} to {w['not_after']}" for w in windows.get(key, [])], ends.get(key, ""))
