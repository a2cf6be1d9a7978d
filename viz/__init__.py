"""Charts: one function per chart, used by the command line, notebooks, reports and the app alike."""

import discretion_imports

discretion_imports.check("model", "experiments")
