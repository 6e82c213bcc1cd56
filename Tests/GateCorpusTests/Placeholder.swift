import Testing

@Suite struct GateCorpusPlaceholder {}
