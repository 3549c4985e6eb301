# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Labels of core's choices whose Chinese nobody in a dealership would use."""


def get_trade_words(env):
    """Labels by field and value; in English they are the same as core's."""
    energies = {
        "diesel": env._("Diesel"),
        "gasoline": env._("Gasoline"),
        "full_hybrid": env._("Full Hybrid"),
        "plug_in_hybrid_diesel": env._("Plug-in Hybrid Diesel"),
        "plug_in_hybrid_gasoline": env._("Plug-in Hybrid Gasoline"),
        "cng": env._("CNG"),
        "lpg": env._("LPG"),
        "hydrogen": env._("Hydrogen"),
        "electric": env._("Electric"),
    }
    return {
        "fuel_type": energies,
        "default_fuel_type": energies,
        "transmission": {
            "manual": env._("Manual"),
            "automatic": env._("Automatic"),
        },
        "range_unit": {"km": env._("km")},
    }


def use_trade_words(env, described):
    """Put the words into what ``fields_get`` returned; the stored terms stay."""
    for name, words in get_trade_words(env).items():
        choices = described.get(name, {}).get("selection")
        if choices:
            described[name]["selection"] = [
                (value, words.get(value, label)) for value, label in choices
            ]
    return described
