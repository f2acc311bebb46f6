"""Classes of words that are used alike, counted over the reports of ../shared/corpus (`make clusters`).

A word never met in the annotated reports still has company: words that stand among the same neighbours fall into the
same class, and the coder's weights speak of classes beside words. Positive pointwise mutual information over a window
of three words, reduced by a truncated SVD, then k-means (numpy and scipy, for training only). Only words and class
numbers are kept.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from musnad.arabic.text import tokenize
from musnad.coding.classes import light

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared/corpus/reports.jsonl.gz"
OUT = ROOT / "src/musnad/coding/classes.tsv"
FLOOR, CONTEXTS, WINDOW, DIMENSIONS = 8, 8000, 3, 120
SIZES = (60, 400)


def main() -> None:
    texts: list[list[str]] = []
    with gzip.open(CORPUS, "rt", encoding="utf8") as f:
        for line in f:
            body = json.loads(line)["body"]
            texts.append([light(t.norm) if t.kind == "word" else ("#" if t.kind == "number" else t.text)
                          for t in tokenize(body)])  # fmt: skip
    count = Counter(w for t in texts for w in t)
    words = sorted((w for w, n in count.items() if n >= FLOOR), key=lambda w: (-count[w], w))
    index = {w: i for i, w in enumerate(words)}
    contexts = min(CONTEXTS, len(words))
    pairs: Counter[int] = Counter()
    for t in texts:
        ids = [index.get(w, -1) for w in t]
        for i, a in enumerate(ids):
            if a < 0:
                continue
            for j in range(max(0, i - WINDOW), min(len(ids), i + WINDOW + 1)):
                b = ids[j]
                if j != i and 0 <= b < contexts:
                    pairs[(a * contexts + b) * 2 + (j > i)] += 1
    keys = np.array(list(pairs.keys()), dtype=np.int64)
    values = np.array(list(pairs.values()), dtype=np.float64)
    order = np.argsort(keys)
    keys, values = keys[order], values[order]
    rows = keys // 2 // contexts
    cols = (keys // 2 % contexts) * 2 + keys % 2
    m = csr_matrix((values, (rows, cols)), shape=(len(words), contexts * 2))
    total = m.sum()
    row, col = np.asarray(m.sum(1)).ravel(), np.asarray(m.sum(0)).ravel() ** 0.75
    col = col / col.sum() * total
    coo = m.tocoo()
    pmi = np.log(coo.data * total / (row[coo.row] * col[coo.col]))
    keep = pmi > 0
    ppmi = csr_matrix((pmi[keep], (coo.row[keep], coo.col[keep])), shape=m.shape)
    u, s, _ = svds(ppmi, k=DIMENSIONS, v0=np.ones(min(ppmi.shape)))
    order = np.argsort(-s)
    vectors = u[:, order] * np.sqrt(s[order])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    labels = [kmeans(vectors, k) for k in SIZES]
    lines = ["# Classes of words used alike, counted by tools/cluster.py: word, coarse class, fine class."]
    lines.extend(f"{w}\t{labels[0][i]}\t{labels[1][i]}" for w, i in sorted(index.items()) if w.isalpha())
    OUT.write_text("\n".join(lines) + "\n", encoding="utf8")
    print(f"{len(lines) - 1} words in {OUT}")


def kmeans(x: np.ndarray, k: int, rounds: int = 25) -> np.ndarray:
    """Spherical k-means, begun from evenly spaced words by frequency."""
    centre = x[np.linspace(0, min(len(x), 6000) - 1, k).astype(int)].copy()
    own = np.zeros(len(x), dtype=int)
    for _ in range(rounds):
        own = np.argmax(x @ centre.T, axis=1)
        for c in range(k):
            mine = x[own == c]
            if len(mine):
                centre[c] = mine.sum(0)
        centre /= np.maximum(np.linalg.norm(centre, axis=1, keepdims=True), 1e-9)
    return own


if __name__ == "__main__":
    main()
