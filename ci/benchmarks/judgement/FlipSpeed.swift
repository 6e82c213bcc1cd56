import Dispatch
import GateCore
import GateVerdict

/// How long one sign-flip test takes: 20 pairs of 8 metrics under 9,999 sign vectors.
struct FlipSpeed: Encodable {
    let medianMilliseconds: Double
    let limitMilliseconds = 5.0

    var isHeld: Bool { medianMilliseconds < limitMilliseconds }
    var words: String { "sign-flip test: \(medianMilliseconds) ms (at most \(limitMilliseconds))" }

    static func measure() -> FlipSpeed {
        var random = Random(seed: 1, stream: 0)
        let columns = (0..<Noise.metrics).map { _ in (0..<20).map { _ in random.normal() } }
        var sum = 0.0
        let times = (0..<101).map { _ in
            let begin = DispatchTime.now().uptimeNanoseconds
            sum += SignFlipTest.adjustedP(columns).reduce(0, +)
            return Double(DispatchTime.now().uptimeNanoseconds - begin) / 1e6
        }.sorted()
        // The sum is used, so that no test is left out.
        return FlipSpeed(medianMilliseconds: sum > 0 ? (times[50] * 1000).rounded() / 1000 : .nan)
    }
}
