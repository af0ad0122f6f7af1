"""Large engines are tested where they are installed; without them their tests are not collected, and not skipped."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("pyspark") and find_spec("ray") else ["test_large_engines.py"]
