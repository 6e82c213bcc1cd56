import Testing

@Suite struct GateReplayPlaceholder {}
