"""The same intraclass correlations from R's psych (Revelle), which shares no line with ours."""

import json
import subprocess

import numpy as np
import pytest

from bothways.review.agreement.icc import mean_squares, one_way, two_way

SCRIPT = """
suppressMessages(library(psych))
lines <- readLines(file("stdin"))
for (line in lines) {
  numbers <- as.numeric(strsplit(line, " ")[[1]])
  table <- matrix(numbers[-1], ncol = numbers[1], byrow = TRUE)
  found <- ICC(table, lmer = FALSE)$results
  cat(sprintf("%.12f", found[c("Single_raters_absolute", "Average_raters_absolute",
    "Single_random_raters", "Average_random_raters"), "ICC"]), "\\n")
}
"""


def tables() -> list[np.ndarray]:
    """Twenty tables from 5 × 2 to 60 × 5: raters who agree, who are harder, who guess."""
    chance = np.random.default_rng(11)
    made = []
    for number in range(20):
        targets, raters = 5 + number * 3, 2 + number % 4
        true = chance.integers(1, 6, (targets, 1))
        harder = chance.integers(-1, 2, (1, raters)) * (number % 2)
        noise = chance.integers(-1 - number % 3, 2 + number % 3, (targets, raters))
        made.append(np.clip(true + harder + noise, 1, 5).astype(float))
    return made


def ours(table: np.ndarray) -> list[float]:
    squares = mean_squares(table)
    first, second = one_way(squares), two_way(squares)
    return [float(value) for value in (first.single, first.average, second.single, second.average)]


@pytest.mark.needs_r
def test_psych_finds_the_same():
    asked = "".join(" ".join(map(str, [table.shape[1], *table.ravel()])) + "\n" for table in tables())
    answer = subprocess.run(["Rscript", "-e", SCRIPT], input=asked, capture_output=True, text=True, check=True)
    theirs = [json.loads(f"[{','.join(line.split())}]") for line in answer.stdout.strip().splitlines()]
    assert len(theirs) == 20
    for table, found in zip(tables(), theirs, strict=True):
        assert ours(table) == pytest.approx(found, abs=1e-10)
