"""What `make test` looks at a sample of, and `make figures` at the whole (`OVIKELLO_WHOLE=1`)."""

import os
from typing import TypeVar

IS_WHOLE = os.environ.get("OVIKELLO_WHOLE") == "1"
Sample = TypeVar("Sample")


def sampled(sample: Sample, whole: Sample) -> Sample:
    return whole if IS_WHOLE else sample
