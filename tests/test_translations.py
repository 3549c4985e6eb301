"""Chinese terms: complete, with the same placeholders, none left in English."""

import re
import unittest
from pathlib import Path

from lxml import etree
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import PoFileReader

ROOT = Path(__file__).resolve().parents[1]
ADDONS = ("dealer_crm", "dealer_aftersales", "dealer_reports")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|</?[a-z]+|\$\{\w+\}")
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
#: Terms that stay as they are in Chinese.
SAME = {
    "Ctrl+Enter",
    "object.display_name",
    "PDF",
    "SMS",
    "VIN",
    "ID",
    "km",
    "SUV",
    "MPV",
    "CNG",
    "LPG",
}
#: Choices that are names in the code and stand on no screen.
TECHNICAL = {"dealer.import.field.parser"}
#: Columns that Odoo gives every model; their names are Odoo's.
AUTOMATIC = re.compile(
    r"(id|display_name|(create|write)_(uid|date)|(my_)?(message|activity|website)_\w+"
    r"|rating_\w+|has_message)$"
)
LABELS = ("string", "placeholder", "title", "confirm", "help", "sum", "aria-label")


def is_foreign(text):
    """Words of Latin letters and no Chinese character."""
    return bool(
        text and text not in SAME and LATIN.search(text) and not HAN.search(text)
    )


def entries(addon, name):
    with (ROOT / addon / "i18n" / name).open("rb") as source:
        return [*PoFileReader(source).pofile]


class TestFiles(unittest.TestCase):
    def test_every_term_has_a_translation(self):
        for addon in ADDONS:
            for entry in entries(addon, "zh_CN.po"):
                self.assertTrue(entry.msgstr, f"{addon}: {entry.msgid}")
                self.assertNotIn("fuzzy", entry.flags, f"{addon}: {entry.msgid}")

    def test_no_term_is_left_in_english(self):
        for addon in ADDONS:
            for entry in entries(addon, "zh_CN.po"):
                plain = re.sub(r"<[^>]+>|%\(\w+\)\w", "", entry.msgstr).strip()
                self.assertFalse(is_foreign(plain), f"{addon}: {entry.msgid}")

    def test_placeholders_and_tags_are_the_same(self):
        for addon in ADDONS:
            for entry in entries(addon, "zh_CN.po"):
                found, wanted = (
                    sorted(PLACEHOLDER.findall(text))
                    for text in (entry.msgstr, entry.msgid)
                )
                self.assertEqual(found, wanted, f"{addon}: {entry.msgid}")

    def test_template_and_translation_hold_the_same_terms(self):
        for addon in ADDONS:
            terms = {entry.msgid for entry in entries(addon, f"{addon}.pot")}
            known = {entry.msgid for entry in entries(addon, "zh_CN.po")}
            self.assertEqual(known, terms, addon)


@tagged("post_install", "-at_install")
class TestScreens(TransactionCase):
    """What the staff sees in a Chinese session, from whatever addon it comes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        modules = cls.env["ir.module.module"].search([("name", "in", ADDONS)])
        modules._update_translations(["zh_CN"])
        cls.env = cls.env(context={**cls.env.context, "lang": "zh_CN"})

    def ours(self, model):
        names = self.env["ir.model.data"].search(
            [("model", "=", model), ("module", "in", ADDONS)]
        )
        return self.env[model].browse(names.mapped("res_id")).exists()

    def check(self, texts):
        foreign = sorted(
            {f"{where}: {text}" for where, text in texts if is_foreign(text)}
        )
        self.assertEqual(foreign, [])

    def test_menus_actions_and_groups(self):
        for model, name in (
            ("ir.ui.menu", "name"),
            ("ir.actions.act_window", "name"),
            ("ir.actions.act_window", "help"),
            ("ir.actions.server", "name"),
            ("ir.actions.report", "name"),
            ("res.groups", "name"),
            ("res.groups.privilege", "name"),
            ("ir.module.category", "name"),
        ):
            records = self.ours(model)
            self.check(
                (f"{model} {r.id}", re.sub("<[^>]+>", "", str(r[name] or "")))
                for r in records
            )

    def test_shipped_records(self):
        for model, names in {
            "dealer.grade": ("name", "features"),
            "dealer.grade.ladder": ("name", "note"),
            "dealer.segment": ("name", "response"),
            "dealer.callback.issue": ("name",),
            "dealer.callback.policy": ("name", "script"),
            "dealer.kpi": ("name", "formula"),
            "survey.survey": ("title",),
            "survey.question": ("title",),
            "mail.activity.type": ("name", "summary"),
        }.items():
            records = self.ours(model)
            self.assertTrue(records, model)
            self.check((model, str(r[name] or "")) for r in records for name in names)

    def test_labels_of_our_fields(self):
        texts = []
        for field in self.ours("ir.model.fields"):
            own = {*field.modules.split(", ")} <= {*ADDONS}
            if not own or AUTOMATIC.match(field.name) or field.model not in self.env:
                continue
            known = self.env[field.model]._fields.get(field.name)
            if known is not None and not known.export_string_translation:
                continue  # never shown
            described = self.env[field.model].fields_get([field.name])
            described = described.get(field.name, {})
            where = f"{field.model}.{field.name}"
            if where in TECHNICAL:
                described.pop("selection", None)
            texts += [(where, described.get("string")), (where, described.get("help"))]
            texts += [
                (where, label) for _value, label in described.get("selection", ())
            ]
        self.check(texts)

    def test_views(self):
        texts = []
        for view in self.ours("ir.ui.view").filtered(lambda v: v.type != "qweb"):
            self.collect(etree.fromstring(view.arch), view.model, view.xml_id, texts)
        self.check(texts)

    def collect(self, node, model, where, texts):
        """Attributes, texts and the labels of all fields below ``node``."""
        texts += [(where, node.get(name)) for name in LABELS]
        if node.tag != "attribute" or node.get("name") in LABELS:
            texts.append((where, (node.text or "").strip()))
        field = (
            self.env[model]._fields.get(node.get("name")) if model in self.env else None
        )
        if node.tag == "field" and field:
            if not node.get("string"):
                described = self.env[model].fields_get([field.name])
                label = described.get(field.name, {}).get("string")
                texts.append((f"{where} {model}.{field.name}", label))
            model = field.comodel_name or model
        for child in node.iterchildren(tag=etree.Element):
            self.collect(child, model, where, texts)
            texts.append((where, (child.tail or "").strip()))

    def test_energies_are_called_as_in_the_trade(self):
        for model, name in (
            ("fleet.vehicle", "fuel_type"),
            ("fleet.vehicle.model", "default_fuel_type"),
        ):
            for lang, words in (
                ("zh_CN", ["纯电动", "油电混合", "增程式"]),
                ("en_US", ["Electric", "Full Hybrid", "Range Extender"]),
            ):
                described = self.env[model].with_context(lang=lang).fields_get([name])
                labels = dict(described[name]["selection"])
                values = ("electric", "full_hybrid", "range_extender")
                self.assertEqual([labels[value] for value in values], words)
