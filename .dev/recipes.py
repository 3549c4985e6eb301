"""How each database is made: templates of core modules, and clones with ours."""

from . import cache, logcheck
from .workplace import ADDONS, addons_digest, core_dependencies

# English first: Odoo makes the first language the default of new partners.
LANGUAGES = "en_US,zh_CN"


def core_template(work, addons=ADDONS, demo=False, extra=()):
    """Return the name of a template with the core modules that ``addons`` need.

    Installing some eighty core modules takes minutes, cloning a database a
    second. The templates are keyed by Odoo's version and the module list.

    :param extra: further modules of Odoo, which the addons use where they are there
    """
    needs = [*core_dependencies(addons), *extra]
    key = cache.digest(work.odoo.version, demo, LANGUAGES, *needs)
    name = f"dealer_tpl_{key}"
    with cache.lock(name):
        if not work.databases.ready(name):
            parent = _parent(work, addons, demo, extra)
            _install_core(work, name, needs, parent, demo)
    return name


def _parent(work, addons, demo, extra):
    """The template that has most of it already."""
    if extra:
        return core_template(work, addons, demo)
    return None if demo or addons == ADDONS[:1] else core_template(work, ADDONS[:1])


def _install_core(work, name, needs, parent, demo):
    options = ["-d", name, "-i", ",".join(needs), f"--load-language={LANGUAGES}"]
    if demo:
        options.append("--with-demo")
    title = "Installing Odoo's own modules" + (" with demo data" if demo else "")
    with work.databases.building(name, parent):
        work.odoo_run(title, name, *options)


def with_addons(work, name, addons=ADDONS, demo=False, extra=()):
    """Make sure a clone with our addons exists; return its install's findings."""
    template = core_template(work, addons, demo, extra)
    wanted = {"template": template, "addons": addons_digest(addons)}
    with cache.lock(f"db-{name}"):
        if not work.databases.ready(name, **wanted):
            _install_ours(work, name, addons, wanted, demo)
        return work.databases.info(name)["findings"]


def _install_ours(work, name, addons, wanted, demo):
    options = ["-d", name, "-i", ",".join(addons)]
    if demo:
        options.append("--with-demo")
    work.databases.create(name, wanted["template"])
    log = work.odoo_run(f"Installing {', '.join(addons)}", name, *options)
    findings = logcheck.findings(log)
    work.databases.finish(name, findings=findings, **wanted)
