"""An Odoo environment for the scripts beside this file."""

import contextlib
import logging

import odoo.api
import odoo.modules.registry
import odoo.netsvc
import odoo.tools


@contextlib.contextmanager
def environment(database, options):
    """Yield an environment as the superuser; commit when the block ends well."""
    odoo.tools.config.parse_config(
        [*options, "-d", database, "--no-http"], setup_logging=False
    )
    odoo.netsvc.init_logger()
    logging.getLogger("odoo").setLevel(logging.WARNING)
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})


def load_file(path, name):
    """Import a script by its path."""
    import importlib.util
    import sys

    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
