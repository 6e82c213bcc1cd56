import GateCore

/// The recorded responses, and which of them answers a prompt.
struct RecordingLibrary: Sendable {
    let recordings: [ExchangeRecording]
    /// Every model that was recorded, in order of appearance.
    let models: [String]
    private let prompts: [[UInt8]]

    init(_ recordings: [ExchangeRecording]) throws(ReplayError) {
        guard !recordings.isEmpty else { throw .noRecordings }
        for recording in recordings { try recording.validate() }
        self.recordings = recordings
        self.prompts = recordings.map { Array($0.prompt.utf8) }
        var models: [String] = []
        for recording in recordings where !models.contains(recording.model) { models.append(recording.model) }
        self.models = models
    }

    /// The recorded model that a request means; Ollama's names carry the tag `latest` where they carry none.
    func model(named name: String) -> String? {
        models.first { $0 == name } ?? models.first { $0 == name + ":latest" || $0 + ":latest" == name }
    }

    /// The recordings whose prompt has the longest beginning in common with the text, and of those the longest end.
    /// More than one where the same stage was recorded several times.
    ///
    /// - Parameter model: only recordings of this model; nil for all.
    func best(for text: String, model: String?) -> [Int] {
        let text = Array(text.utf8)
        var best: [Int] = []
        var bestScore = (prefix: -1, suffix: -1)
        for index in recordings.indices where model == nil || recordings[index].model == model {
            let score = RecordingLibrary.score(text, prompts[index])
            if score > bestScore {
                best = [index]
                bestScore = score
            } else if score == bestScore {
                best.append(index)
            }
        }
        return best
    }

    /// Bytes that two texts have in common at their beginnings, and at their ends.
    static func score(_ left: [UInt8], _ right: [UInt8]) -> (prefix: Int, suffix: Int) {
        let shortest = min(left.count, right.count)
        var prefix = 0
        while prefix < shortest, left[prefix] == right[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < shortest, left[left.count - 1 - suffix] == right[right.count - 1 - suffix] { suffix += 1 }
        return (prefix, suffix)
    }
}

extension ExchangeRecording {
    /// Throws where the recording could not be played: times that run backwards, figures that are none.
    fileprivate func validate() throws(ReplayError) {
        let day = Nanoseconds(seconds: 86_400)
        var last = Nanoseconds.zero
        for (number, arrival) in arrivals.enumerated() {
            guard arrival.offsetNs >= last, arrival.offsetNs <= day else {
                throw .unusableRecording(
                    id: id, reason: "piece \(number + 1) arrives before the one before it, or more than a day late")
            }
            last = arrival.offsetNs
        }
        guard endNs >= .zero, endNs <= day else {
            throw .unusableRecording(id: id, reason: "its end is not within a day")
        }
        for seconds in [server.loadSeconds, server.promptEvalSeconds, server.evalSeconds, server.totalSeconds] {
            if let seconds, !(0...86_400).contains(seconds) {
                throw .unusableRecording(id: id, reason: "the server's figure of \(seconds) s is not within a day")
            }
        }
        for count in [server.promptTokens, server.tokens, server.cachedPromptTokens] {
            if let count, !(0...1_000_000_000).contains(count) {
                throw .unusableRecording(id: id, reason: "\(count) is no count of tokens")
            }
        }
    }
}
