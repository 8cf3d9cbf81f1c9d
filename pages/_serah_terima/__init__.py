"""The parts of the hand-over sheet."""
