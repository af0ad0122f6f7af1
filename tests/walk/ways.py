"""Ways that a walk has failed on, each as short as it was found; they hold since."""

WAYS = {
    "a presentation is left, and every control holds what it held": (
        "unreachable-floor",
        '[{"kind":"button","name":"present"},'
        '{"kind":"bidi_component","name":"present_keys","value":{"step":{"step":2,"turn":1}}},'
        '{"kind":"bidi_component","name":"present_keys","value":{"step":{"step":0,"turn":2}}}]',
    ),
    "where the target moves, the rep stays where they stand": (
        "low-ceiling",
        '[{"kind":"slider","name":"low-ceiling-at-deals","value":420.0},'
        '{"kind":"number_input","name":"low-ceiling-deals-target","value":1000.0}]',
    ),
    "a measure that is paid no more is still the one that is edited": (
        "pipeline-scorecard",
        '[{"kind":"button_group","name":"edit-way","value":["Edit"]},'
        '{"kind":"checkbox","name":"edit-revenue-paid","value":false},{"kind":"again"}]',
    ),
}
"""By what holds: the preset that the way begins at, and its moves."""
