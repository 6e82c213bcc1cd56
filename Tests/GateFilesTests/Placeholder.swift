import Testing

@Suite struct GateFilesPlaceholder {}
