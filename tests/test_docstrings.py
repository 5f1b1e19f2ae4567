"""An example in a docstring says what the code does, or it is a failing test."""

import doctest
from importlib import import_module

import pytest

from .test_boundaries import APPS, ROOT, modules

TOLD = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for app in APPS
    for path in modules(app)
    if ">>>" in path.read_text()
]


@pytest.mark.parametrize("module", TOLD)
def test_examples_of_the_docstrings_are_true(module):
    found = doctest.testmod(import_module(module))

    assert found.attempted > 0
    assert found.failed == 0
