"""The JSON Schema of the plan file, read off the declared terms."""

from typing import Any

from calc.documents.planfile import LISTS, Preset


def schema() -> dict[str, Any]:
    """The JSON Schema of the plan file."""
    whole: dict[str, Any] = Preset.model_json_schema(by_alias=True)
    plan = whole["$defs"]["Plan"]
    lists = {key: plan["properties"].pop(key) for key in LISTS}
    plan["required"] = [key for key in plan.get("required", []) if key not in LISTS]
    whole["properties"].pop("name")
    for model in whole["$defs"].values():
        model["description"] = model.get("description", "").partition(">>>")[0].strip()
    whole["properties"] |= lists
    whole["required"] = ["plan", "kpis"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole, "title": "Flatline plan file"}
