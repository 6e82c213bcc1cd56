import GateCore
import GateFiles
import GateStream
import GateVerdict

/// The servers of two arms: one for both, or one for each; running before, or started for the session.
final class ArmServers {
    private let headServer: ServerConfiguration
    private let baseServer: ServerConfiguration
    /// nil for a server that ran already.
    private(set) var head: StartedServer?
    /// nil for a server that ran already, and where both arms share one.
    private(set) var base: StartedServer?

    /// Throws where both arms would need the same address for different servers.
    init(head: ServerConfiguration, base: ServerConfiguration) throws(MeasuringError) {
        headServer = head
        baseServer = base
        guard head.url == base.url, head.start != base.start else { return }
        throw .sharedAddress(url: head.url)
    }

    var areShared: Bool {
        headServer.url == baseServer.url && headServer.api == baseServer.api
            && headServer.transport?.unixSocket == baseServer.transport?.unixSocket
    }

    func start(
        _ headClient: ModelClient, _ baseClient: ModelClient, outputPath: String, progress: ProgressNotes
    ) throws {
        guard headServer.start != nil || baseServer.start != nil else { return }
        let directory = try SessionDirectory.createForJudgement(at: outputPath)
        head = try StartedServer(
            headServer, client: headClient, logPath: directory.path(of: SessionDirectory.serverLogName),
            progress: progress)
        guard !areShared else { return }
        do {
            base = try StartedServer(
                baseServer, client: baseClient, logPath: directory.path(of: SessionDirectory.baseServerLogName),
                progress: progress)
        } catch {
            end()
            throw error
        }
    }

    func end() {
        base?.end()
        head?.end()
    }
}
