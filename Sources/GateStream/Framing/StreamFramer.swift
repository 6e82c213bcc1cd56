import Glibc

/// Cuts a stream of bytes into its units, the same for every way in which the bytes arrive: lines (NDJSON), or the data
/// of server-sent events (WHATWG HTML, section "Server-sent events": comments and other fields are passed over, several
/// `data:` lines are joined by LF, an empty line ends the event).
///
/// A line of NDJSON ends at LF, and a CR before it is dropped; one of server-sent events ends at CR, LF or both. A
/// byte-order mark before the first line is dropped. A unit that lies in one piece is handed on without a copy.
struct StreamFramer: ~Copyable {
    /// A longer line, or the data of an event, is refused, so that a server cannot fill our memory. Bytes.
    private let largestUnit: Int
    private let isServerSentEvents: Bool
    /// The start of a line that has not ended.
    private var partial = ByteStore()
    /// True when the line in `partial` has been handed on.
    private var partialIsUsed = false
    /// The data of an event that has not ended.
    private var data = ByteStore()
    private var hasData = false
    private var dataIsUsed = false
    private var isFirstLine = true
    /// The latest line ended with a CR at the end of a piece: a LF that follows belongs to it.
    private var mayFollowCR = false
    /// The event that is being read is called an error.
    private var isNamedError = false
    /// Whether the unit that was handed on last is the data of an event that is called an error.
    private(set) var isErrorEvent = false

    init(_ framing: StreamFraming, largestUnit: Int = 16 << 20) {
        isServerSentEvents = framing == .serverSentEvents
        self.largestUnit = largestUnit
    }

    var isTooLong: Bool { partial.count + data.count > largestUnit }

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
            return withoutMark(StreamFramer.trimmed(partial.bytes))
        }
        if !partial.isEmpty {
            take(field: withoutMark(StreamFramer.trimmed(partial.bytes)))
            partial.removeAll()
        }
        return endEvent()
    }

    private mutating func forgetUsed() {
        isErrorEvent = false
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
        if mayFollowCR, input.count > 0 {
            mayFollowCR = false
            if input.first == 0x0A { input = UnsafeRawBufferPointer(rebasing: input.dropFirst()) }
        }
        guard let start = input.baseAddress, input.count > 0 else { return nil }
        guard let (count, ending) = lineEnd(start, input.count) else {
            partial.append(start, count: input.count)
            input = UnsafeRawBufferPointer(start: nil, count: 0)
            return nil
        }
        let used = count + ending
        input = UnsafeRawBufferPointer(start: start + used, count: input.count - used)
        if partial.isEmpty {
            return withoutMark(
                StreamFramer.trimmed(
                    UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)))
        }
        partial.append(start, count: count)
        partialIsUsed = true
        return withoutMark(StreamFramer.trimmed(partial.bytes))
    }

    /// The bytes before the end of the line and those of the end; nil where it does not end here.
    @inline(__always)
    private mutating func lineEnd(_ start: UnsafeRawPointer, _ most: Int) -> (count: Int, ending: Int)? {
        let feed = memchr(start, 0x0A, most).map { UnsafeRawPointer($0) - start }
        guard isServerSentEvents else { return feed.map { ($0, 1) } }
        guard let carriage = memchr(start, 0x0D, feed ?? most) else { return feed.map { ($0, 1) } }
        let count = UnsafeRawPointer(carriage) - start
        mayFollowCR = count + 1 == most
        return (count, feed == count + 1 ? 2 : 1)
    }

    @inline(__always)
    private mutating func withoutMark(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard isFirstLine else { return line }
        isFirstLine = false
        guard let start = line.baseAddress, line.count >= 3, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF else {
            return line
        }
        return UnsafeBufferPointer(start: start + 3, count: line.count - 3)
    }

    /// Takes a line of server-sent events; returns the data of the event that has ended with it.
    private mutating func event(
        with line: UnsafeBufferPointer<UInt8>, _ input: inout UnsafeRawBufferPointer
    ) -> UnsafeBufferPointer<UInt8>? {
        if line.isEmpty { return endEvent() }
        // The usual event is one line with the empty one right behind it: nothing needs to be kept.
        if !hasData, input.first == 0x0A, !mayFollowCR, let value = StreamFramer.value(of: line) {
            input = UnsafeRawBufferPointer(rebasing: input.dropFirst())
            isErrorEvent = isNamedError
            isNamedError = false
            return value
        }
        take(field: line)
        return nil
    }

    private mutating func endEvent() -> UnsafeBufferPointer<UInt8>? {
        isErrorEvent = isNamedError
        isNamedError = false
        // An event without data is none, but an error without words is still one.
        guard hasData || isErrorEvent else { return nil }
        dataIsUsed = true
        return data.bytes
    }

    private mutating func take(field line: UnsafeBufferPointer<UInt8>) {
        if let value = StreamFramer.value(of: line) {
            keep(value)
        } else if let name = StreamFramer.value(of: line, field: "event") {
            isNamedError = StreamFramer.isError(name)
        }
    }

    private mutating func keep(_ value: UnsafeBufferPointer<UInt8>) {
        if hasData { data.append(0x0A) }
        if let start = value.baseAddress { data.append(start, count: value.count) }
        hasData = true
    }

    /// `error`, and longer names that end so, such as `response.error`.
    private static func isError(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let word = name.filter { $0 > 0x20 }.map { $0 | 0x20 }
        return word.suffix(5).elementsEqual("error".utf8)
    }

    @inline(__always)
    private static func trimmed(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard line.count > 0, line[line.count - 1] == 0x0D else { return line }
        return UnsafeBufferPointer(start: line.baseAddress, count: line.count - 1)
    }

    /// The value of a `data` field, or of the `error` field in which older llama-servers send an error object.
    @inline(__always)
    private static func value(of line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        value(of: line, field: "data") ?? value(of: line, field: "error")
    }

    @inline(__always)
    private static func value(
        of line: UnsafeBufferPointer<UInt8>, field: StaticString
    ) -> UnsafeBufferPointer<UInt8>? {
        let name = field.utf8CodeUnitCount
        guard let start = line.baseAddress, line.count >= name, memcmp(start, field.utf8Start, name) == 0 else {
            return nil
        }
        // A line without a colon is a field without a value.
        guard line.count > name else { return UnsafeBufferPointer(start: start + name, count: 0) }
        guard start[name] == 0x3A else { return nil }
        let skipped = line.count > name + 1 && start[name + 1] == 0x20 ? name + 2 : name + 1
        return UnsafeBufferPointer(start: start + skipped, count: line.count - skipped)
    }
}
