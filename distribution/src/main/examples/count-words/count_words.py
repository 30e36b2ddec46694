"""Counts the words of one file, or adds up what the others counted."""
import json
import sys

order = json.load(sys.stdin)
if order["stage"] == "merge":
    words = sum(order["input"])
else:
    with open(order["input_path"], "rb") as text:
        words = len(text.read().split())
json.dump(words, sys.stdout)
