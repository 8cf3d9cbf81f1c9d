DIRTY_COUNTS = {}


def soil(rng, frames, until):
    return frames
