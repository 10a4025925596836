import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def calibration() -> ModuleType:
    """The benchmark's simulated runners, so that tests and benchmark judge the same invented people."""
    path = Path(__file__).parents[2] / "benchmarks" / "calibration.py"
    specification = importlib.util.spec_from_file_location("calibration_benchmark", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module
