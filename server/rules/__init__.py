"""Pure rules of clock, merge, digest and shape: twins of `pwa/src/rules`, bound by `tests/vectors`."""
