"""`import calc` in a fresh interpreter, against the bare interpreter."""

from benchmarks.ratio import Row, alternate, python


def importing() -> Row:
    whole, bare = alternate(python("-c", "import calc"), python("-c", "pass"), 15)
    extra = whole - bare
    what = "`import calc` in a fresh interpreter, beyond the interpreter itself; against the bare interpreter"
    return Row(what, f"{extra:.2f} s", f"{bare:.3f} s", f"{extra / bare:.1f}", "at most 0.25 s", extra <= 0.25)
