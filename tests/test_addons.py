# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What binds the three addons: one direction of dependence, one face."""

import ast
from pathlib import Path
from unittest import TestCase

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ("dealer_crm", "dealer_aftersales", "dealer_reports")


class TestAddons(TestCase):
    def manifest(self, addon):
        text = (ROOT / addon / "__manifest__.py").read_text(encoding="utf-8")
        return ast.literal_eval(text)

    def test_dependence_goes_one_way(self):
        for position, addon in enumerate(ADDONS):
            later = set(ADDONS[position + 1 :])
            self.assertFalse(later & set(self.manifest(addon)["depends"]), addon)

    def test_no_addon_names_a_later_one_in_its_code(self):
        for position, addon in enumerate(ADDONS):
            for path in (ROOT / addon).rglob("*"):
                if path.suffix not in (".py", ".xml", ".csv", ".js"):
                    continue
                text = path.read_text(encoding="utf-8")
                for later in ADDONS[position + 1 :]:
                    self.assertNotIn(later, text, path)

    def trees(self, addon):
        for path in (ROOT / addon).rglob("*.py"):
            if "tests" not in path.parts:
                yield ast.parse(path.read_text(encoding="utf-8"))

    def get_methods(self, addon):
        """Names that no core method has by chance: private ones and buttons."""
        nodes = [node for tree in self.trees(addon) for node in ast.walk(tree)]
        names = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        return {name for name in names if name.startswith(("_", "action_"))}

    def get_called(self, addon):
        nodes = [node for tree in self.trees(addon) for node in ast.walk(tree)]
        return {node.attr for node in nodes if isinstance(node, ast.Attribute)}

    def test_no_addon_calls_a_method_of_a_later_one(self):
        """An addon works without those that stand on it."""
        methods = {addon: self.get_methods(addon) for addon in ADDONS}
        self.assertIn("_get_branch_zones", methods["dealer_crm"])
        self.assertIn("_get_branch_zones", self.get_called("dealer_reports"))
        for position, addon in enumerate(ADDONS):
            earlier = set().union(*(methods[name] for name in ADDONS[: position + 1]))
            for later in ADDONS[position + 1 :]:
                foreign = methods[later] - earlier
                self.assertEqual(foreign & self.get_called(addon), set(), later)

    def test_each_addon_has_icon_licence_and_chinese(self):
        for addon in ADDONS:
            manifest = self.manifest(addon)
            self.assertEqual(manifest["license"], "LGPL-3")
            self.assertTrue(manifest["version"].startswith("19.0."))
            self.assertTrue((ROOT / addon / "static/description/icon.png").is_file())
            self.assertTrue((ROOT / addon / "i18n/zh_CN.po").is_file())

    def test_every_data_file_is_listed(self):
        for addon in ADDONS:
            listed = set(self.manifest(addon)["data"])
            for folder in ("security", "data", "views", "report", "wizards"):
                for path in (ROOT / addon / folder).rglob("*"):
                    if path.suffix in (".xml", ".csv"):
                        name = path.relative_to(ROOT / addon).as_posix()
                        self.assertIn(name, listed)
