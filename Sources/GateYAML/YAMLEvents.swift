import CYAML

/// What libyaml finds next in a text.
struct YAMLEvent {
    enum Kind {
        case scalar(String, isPlain: Bool)
        case listStart, listEnd
        case mappingStart, mappingEnd
        case alias
        case documentStart
        case streamEnd
        /// Starts and ends that say nothing more.
        case other
    }

    let kind: Kind
    let place: YAMLPlace
    /// Whether it has an anchor.
    let isAnchored: Bool
    /// As resolved by libyaml; nil where none is written.
    let tag: String?
}

/// The events of a text, one by one. The text must outlive it.
struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    init(_ text: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    mutating func next() throws(YAMLError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) != 0 else { throw problem }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(
            kind: kind(event), place: YAMLPlace(event.start_mark), isAnchored: anchor(event) != nil,
            tag: tag(event).map { String(cString: $0) })
    }

    private var problem: YAMLError {
        let context = parser.pointee.context.map { String(cString: $0) + ", " } ?? ""
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
        let place = YAMLPlace(parser.pointee.problem_mark)
        return problem.contains("tab") ? .tab(place) : .syntax(context + problem, place)
    }

    private func kind(_ event: yaml_event_t) -> YAMLEvent.Kind {
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT: return .listStart
        case YAML_SEQUENCE_END_EVENT: return .listEnd
        case YAML_MAPPING_START_EVENT: return .mappingStart
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_ALIAS_EVENT: return .alias
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_STREAM_END_EVENT: return .streamEnd
        default: return .other
        }
    }

    private func anchor(_ event: yaml_event_t) -> UnsafeMutablePointer<UInt8>? {
        switch event.type {
        case YAML_SCALAR_EVENT: event.data.scalar.anchor
        case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.anchor
        case YAML_MAPPING_START_EVENT: event.data.mapping_start.anchor
        default: nil
        }
    }

    private func tag(_ event: yaml_event_t) -> UnsafeMutablePointer<UInt8>? {
        switch event.type {
        case YAML_SCALAR_EVENT: event.data.scalar.tag
        case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.tag
        case YAML_MAPPING_START_EVENT: event.data.mapping_start.tag
        default: nil
        }
    }
}

extension YAMLPlace {
    init(_ mark: yaml_mark_t) { self.init(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1) }
}
