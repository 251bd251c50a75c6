"""Entry point of the command `automation-validator`, before anything else is imported."""

import gc
import sys

from validator.cli import INTERNAL, NAME


def run() -> None:
    """Run the command with the arguments of this process, and end it."""
    caller = sys._getframe(1)  # noqa: SLF001  # nothing public says who calls
    try:
        _run()
    except SystemExit as end:
        # In the script that pip writes nothing follows; another caller may have work to do.
        if caller.f_back is None and caller.f_code.co_filename.endswith(NAME):
            from validator.cli.ending import leave

            leave(end.code)
        raise


def _run() -> None:
    # Imported modules are no garbage: collecting it takes a twentieth of a run on one file.
    gc.set_threshold(100_000)
    if _is_overwritten():
        sys.stderr.write(
            "Error: another package that is named `validator` too is installed over this one; `pip "
            "uninstall validator`, then `pip install --force-reinstall automation-validator`.\n"
        )
        sys.exit(INTERNAL)
    program = "automation-validator" if sys.argv[0].endswith("__main__.py") else None
    try:
        from validator.cli import plain

        given = plain.parameters(sys.argv[1:])
    except Exception:
        # An import that fails: it fails again in the command, which reports it.
        given = None
    if given is not None:
        plain.run(given, program)
    from validator.cli.main import main

    main(prog_name=program)


def _is_overwritten() -> bool:
    """Whether another package has put its `validator/__init__.py` in the place of ours."""
    import validator

    return "check_text" not in getattr(validator, "__all__", ())
