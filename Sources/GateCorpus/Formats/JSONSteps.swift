import GateCore
import GateJSON

/// The ways through the members of objects: after which member which one came. Files of one kind write their members in
/// one order, so that the next key can be guessed, and need not be looked for.
struct JSONSteps: ~Copyable {
    /// The members of an object up to one of them.
    struct Step {
        /// Of that member's value, in ``JSONPlaces``.
        let place: UInt32
        /// What the keys so far tell of the object.
        let traits: JSONTokens.Traits
        /// The step that was taken from here last time; 0 where there was none.
        fileprivate(set) var next: UInt32 = 0
        /// The member's key as a text wrote it, from its quote to the value: in ``words``; none where it is not guessed.
        fileprivate let firstWord: UInt32
        fileprivate let bytes: UInt32
    }

    /// Longer keys are not guessed.
    private static let longestGuess = 100

    private var steps = Room<Step>(capacity: 256)
    private var words = Room<EightBytes>(capacity: 256)
    private var found = PairIndex()
    /// By the place of an object: the step before its first member.
    private var starts = Room<UInt32>(capacity: 256)

    init() { removeAll() }

    @inline(__always)
    subscript(step: Int) -> Step { steps[step] }

    /// Before the first member of the objects at a place.
    mutating func start(at place: Int) -> Int {
        while starts.count <= place { starts.append(0) }
        if starts[place] == 0 {
            starts[place] = UInt32(steps.count)
            steps.append(Step(place: UInt32(place), traits: [], firstWord: 0, bytes: 0))
        }
        return Int(starts[place])
    }

    /// Passes a key and what stands between it and its value, where both are as they were here last time.
    /// - Returns: the step to the member; nil where the text has to be looked at.
    @inline(__always)
    func guess(from step: Int, _ cursor: inout JSONCursor) -> Int? {
        let next = Int(steps[step].next)
        let (first, bytes) = (Int(steps[next].firstWord), Int(steps[next].bytes))
        guard bytes > 0, cursor.remaining >= bytes + 8 else { return nil }
        let whole = (bytes &- 1) >> 3
        for word in 0..<whole {
            guard words[first &+ word].begins(like: EightBytes(cursor.bytes, at: cursor.position &+ 8 &* word), 8)
            else { return nil }
        }
        guard
            words[first &+ whole].begins(
                like: EightBytes(cursor.bytes, at: cursor.position &+ 8 &* whole), bytes &- 8 &* whole)
        else { return nil }
        cursor.pass(bytes)
        return next
    }

    /// The step to a member; `isNew` where nobody has taken it, so that the key may be one that was passed before.
    /// - Parameter text: from the key's quote to the value.
    mutating func step(
        from step: Int, to place: Int, _ traits: JSONTokens.Traits, _ text: UnsafeBufferPointer<UInt8>
    ) -> (step: Int, isNew: Bool) {
        let new = steps.count
        let found = self.found.find(UInt64(step) << 32 | UInt64(place), orAdd: new)
        if found == new {
            let bytes = text.count <= JSONSteps.longestGuess ? text.count : 0
            steps.append(
                Step(
                    place: UInt32(place), traits: steps[step].traits.union(traits), firstWord: UInt32(words.count),
                    bytes: UInt32(bytes)))
            for start in stride(from: 0, to: bytes, by: 8) {
                words.append(EightBytes(all: UnsafeBufferPointer(rebasing: text[start..<min(start + 8, bytes)])))
            }
        }
        steps[step].next = UInt32(found)
        return (found, found == new)
    }

    mutating func removeAll() {
        steps.removeAll()
        words.removeAll()
        starts.removeAll()
        found.removeAll()
        // Number 0 stands for none.
        steps.append(Step(place: 0, traits: [], firstWord: 0, bytes: 0))
    }
}
