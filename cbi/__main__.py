"""``python -m cbi``: a command lives for a moment, so its start is kept short."""

import gc
import os

gc.disable()  # its memory goes with it; collecting would take a tenth of its time
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no plugin has a say here, and looking for one is slow

from cbi.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
