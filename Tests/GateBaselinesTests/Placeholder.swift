import Testing

@Suite struct GateBaselinesPlaceholder {}
