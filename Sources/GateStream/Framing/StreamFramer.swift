#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Cuts a stream of bytes into its units, the same for every way in which the bytes arrive: lines (NDJSON), or the data
/// of server-sent events (WHATWG HTML, section "Server-sent events": comments and other fields are passed over, several
/// `data:` lines are joined by LF, an empty line ends the event).
///
/// A line ends at LF; a CR before it is dropped. A unit that lies in one piece is handed on without a copy.
struct StreamFramer: ~Copyable {
    /// A longer line, or the data of an event, is refused, so that a server cannot fill our memory. Bytes.
    static let largestUnit = 64 << 20

    private let isServerSentEvents: Bool
    /// The start of a line that has not ended.
    private var partial = ByteStore()
    /// True when the line in `partial` has been handed on.
    private var partialIsUsed = false
    /// The data of an event that has not ended.
    private var data = ByteStore()
    private var hasData = false
    private var dataIsUsed = false

    init(format: StreamFormat) { isServerSentEvents = format != .ollama }

    var isTooLong: Bool { partial.count + data.count > StreamFramer.largestUnit }

    /// The next whole unit, valid until this is called again; nil when the input is used up. Lines may be empty.
    ///
    /// - Parameter input: the bytes that are left of a piece; call it with the same variable until it returns nil.
    mutating func next(_ input: inout UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt8>? {
        forgetUsed()
        while let line = nextLine(&input) {
            guard isServerSentEvents else { return line }
            if let unit = event(with: line, &input) { return unit }
            forgetUsed()
        }
        return nil
    }

    /// What stands after the last line's end, once the stream has ended.
    mutating func finish() -> UnsafeBufferPointer<UInt8>? {
        forgetUsed()
        guard isServerSentEvents else {
            guard !partial.isEmpty else { return nil }
            partialIsUsed = true
            return StreamFramer.trimmed(partial.bytes)
        }
        if !partial.isEmpty {
            if let value = StreamFramer.value(of: StreamFramer.trimmed(partial.bytes)) { keep(value) }
            partial.removeAll()
        }
        guard hasData else { return nil }
        dataIsUsed = true
        return data.bytes
    }

    private mutating func forgetUsed() {
        if partialIsUsed {
            partial.removeAll()
            partialIsUsed = false
        }
        if dataIsUsed {
            data.removeAll()
            dataIsUsed = false
            hasData = false
        }
    }

    private mutating func nextLine(_ input: inout UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt8>? {
        guard let start = input.baseAddress, input.count > 0 else { return nil }
        guard let end = memchr(start, 0x0A, input.count) else {
            partial.append(start, count: input.count)
            input = UnsafeRawBufferPointer(start: nil, count: 0)
            return nil
        }
        let count = UnsafeRawPointer(end) - start
        input = UnsafeRawBufferPointer(start: start + count + 1, count: input.count - count - 1)
        if partial.isEmpty {
            return StreamFramer.trimmed(
                UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count))
        }
        partial.append(start, count: count)
        partialIsUsed = true
        return StreamFramer.trimmed(partial.bytes)
    }

    /// Takes a line of server-sent events; returns the data of the event that has ended with it.
    private mutating func event(
        with line: UnsafeBufferPointer<UInt8>, _ input: inout UnsafeRawBufferPointer
    ) -> UnsafeBufferPointer<UInt8>? {
        if line.isEmpty {
            guard hasData else { return nil }
            dataIsUsed = true
            return data.bytes
        }
        guard let value = StreamFramer.value(of: line) else { return nil }
        // The usual event is one line with the empty one right behind it: nothing needs to be kept.
        if !hasData, input.first == 0x0A {
            input = UnsafeRawBufferPointer(rebasing: input.dropFirst())
            return value
        }
        keep(value)
        return nil
    }

    private mutating func keep(_ value: UnsafeBufferPointer<UInt8>) {
        if hasData { data.append(0x0A) }
        if let start = value.baseAddress { data.append(start, count: value.count) }
        hasData = true
    }

    @inline(__always)
    private static func trimmed(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard line.count > 0, line[line.count - 1] == 0x0D else { return line }
        return UnsafeBufferPointer(start: line.baseAddress, count: line.count - 1)
    }

    /// The value of a `data` field, or of the `error` field in which older llama-servers send an error object.
    private static func value(of line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard let start = line.baseAddress else { return nil }
        let name: Int
        if line.count >= 5, memcmp(start, "data:", 5) == 0 {
            name = 5
        } else if line.count >= 6, memcmp(start, "error:", 6) == 0 {
            name = 6
        } else {
            return nil
        }
        let skipped = line.count > name && start[name] == 0x20 ? name + 1 : name
        return UnsafeBufferPointer(start: start + skipped, count: line.count - skipped)
    }
}
