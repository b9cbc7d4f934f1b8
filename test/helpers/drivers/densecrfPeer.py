"""Runs pydensecrf for test/bench/crfPeer.bench.ts: one case a line on standard input, as JSON; answers with
its CPU seconds (lattices, iterations, read-out) and writes Q as raw float32."""

import json
import sys
import time

import numpy as np
from pydensecrf.densecrf import DenseCRF2D


def solve(case):
    width, height, classes = case["width"], case["height"], case["classes"]
    image = np.fromfile(case["image"], np.uint8).reshape(height, width, 3)
    unary = np.fromfile(case["unary"], np.float32).reshape(classes, height * width)
    before = time.process_time()
    crf = DenseCRF2D(width, height, classes)
    crf.setUnaryEnergy(unary)
    crf.addPairwiseGaussian(sxy=case["gaussianPx"], compat=case["gaussianWeight"])
    crf.addPairwiseBilateral(
        sxy=case["bilateralPx"],
        srgb=case["bilateralRgb"],
        rgbim=image,
        compat=case["bilateralWeight"],
    )
    q = np.array(crf.inference(case["iterations"]))
    seconds = time.process_time() - before
    q.astype(np.float32).tofile(case["q"])
    return seconds


print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    print(json.dumps({"seconds": solve(json.loads(line))}), flush=True)
