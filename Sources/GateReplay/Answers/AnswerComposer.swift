import GateCore
import GateHTTP
import GateJSON

/// Writes one recorded answer as a script, streamed or whole, with what goes wrong in it.
struct AnswerComposer {
    let format: any AnswerFormat
    let answer: ReplayTimeline
    let faults: FaultPlan
    let head: HTTPHead

    static let errorMessage = "an error was encountered while running the model"

    func script(streamed: Bool) -> Script {
        var script = streamed ? self.streamed() : whole()
        script.isBytewise = faults.isBytewise
        return script
    }

    private var ending: Script.Ending { head.keepsAlive && head.isVersion11 ? .keepAlive : .close }

    // MARK: streamed

    private func streamed() -> Script {
        var stream = Stream(format: format, head: head, heartbeat: faults.heartbeat, ending: ending)
        if format.sendsHeadersAtOnce || faults.isSilent { stream.sendHead(at: .zero) }
        if faults.isSilent { return stream.ended(.hang) }
        sendEarlyEvents(to: &stream)
        for (index, piece) in answer.pieces.enumerated() {
            if let script = interrupted(&stream, before: index) { return script }
            let opening = index == 0 ? format.opening() : []
            let event =
                piece.isThinking
                ? format.thinking(piece.text, at: piece.offsetNs) : format.content(piece.text, at: piece.offsetNs)
            stream.send(opening + event, at: piece.offsetNs)
        }
        if answer.pieces.isEmpty { stream.send(format.opening(), at: answer.start) }
        if let script = interrupted(&stream, before: nil) { return script }
        for event in format.closing(answer, endWord: faults.endWord ?? answer.finish.rawValue) {
            stream.send(event, at: answer.end)
        }
        stream.sendLastChunk(at: answer.end)
        return stream.script
    }

    /// What a client must not take for the first token.
    private func sendEarlyEvents(to stream: inout Stream) {
        let events = faults.thinkingPieces + (faults.hasEmptyContentFirst ? 1 : 0)
        for index in 0..<events {
            let time = answer.start.scaled(by: Double(index + 1) / Double(events + 1))
            let event =
                faults.hasEmptyContentFirst && index == 0
                ? format.content("", at: time) : format.thinking("hm ", at: time)
            stream.send(event, at: time)
        }
    }

    /// The finished script where the stream ends before this piece (nil: before its regular end); nil where it goes on.
    private func interrupted(_ stream: inout Stream, before index: Int?) -> Script? {
        guard let interruption = faults.interruption else { return nil }
        let sent = index ?? answer.pieces.count
        guard index == nil ? faults.interruptedAfter >= sent : faults.interruptedAfter == sent else { return nil }
        let time = sent > 0 ? answer.pieces[sent - 1].offsetNs : answer.start
        switch interruption {
        case .error: return failed(&stream, at: time)
        case .errorEvent:
            stream.send(format.errorEvent(AnswerComposer.errorMessage), at: time)
            stream.sendLastChunk(at: time)
            return stream.script
        case .cut: return stream.ended(.close, at: time)
        case .reset: return stream.ended(.reset, at: time)
        case .stall: return stream.ended(.hang, at: time)
        case .endWithoutMarker:
            stream.sendLastChunk(at: time)
            return stream.script
        case .garbage:
            stream.send(format.brokenLine + format.lineEnd, at: time)
            return nil
        case .oversizedLine(let bytes):
            stream.send(format.brokenLine + Array(repeating: 0x78, count: bytes), at: time)
            return stream.ended(.close, at: time)
        }
    }

    private func failed(_ stream: inout Stream, at time: Nanoseconds) -> Script {
        let error = format.error(AnswerComposer.errorMessage, status: 500)
        // Before its first line Ollama can still say it by the status.
        guard stream.isOpen else { return Script(HTTPResponse(500, json: error), to: head, at: time) }
        stream.send(format.streamed(error), at: time)
        stream.sendLastChunk(at: time)
        return stream.script
    }

    // MARK: whole

    private func whole() -> Script {
        let thought = answer.thought + String(repeating: "hm ", count: faults.thinkingPieces)
        let endWord = faults.endWord ?? answer.finish.rawValue
        let response = HTTPResponse(
            json: format.whole(answer, thinking: thought.isEmpty ? nil : thought, endWord: endWord))
        let body = response.body
        let firstHalf = Array(body.prefix(body.count / 2))
        var script = Script(ending: ending)
        func send(_ part: [UInt8], of length: Int) {
            script.send(response.head(length: length, keepsAlive: ending == .keepAlive) + part, at: answer.end)
        }
        if faults.isSilent {
            script.send(response.head(length: body.count, keepsAlive: ending == .keepAlive), at: .zero)
            script.ending = .hang
            return script
        }
        switch faults.interruption {
        case .error, .errorEvent:
            let error = format.error(AnswerComposer.errorMessage, status: 500)
            return Script(HTTPResponse(500, json: error), to: head, at: answer.end)
        case .garbage: send(firstHalf, of: firstHalf.count)
        case .oversizedLine(let bytes): send(body + Array(repeating: 0x20, count: bytes), of: body.count + bytes)
        case .cut, .endWithoutMarker, .reset, .stall:
            send(firstHalf, of: body.count)
            script.ending =
                faults.interruption == .reset ? .reset : faults.interruption == .stall ? .hang : .close
        case nil: send(body, of: body.count)
        }
        return script
    }
}
