import ArgumentParser
import GateBaselines
import GateCore
import GateSettings
import GateVerdict

struct BaselineSign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Signs the approved sessions that nobody has signed whose key is listed.",
        discussion: """
            For baselines of before approval_keys were listed, and of somebody whose key is listed no more. Look at what \
            you sign: chimera-gate baseline show.

            Example:
              chimera-gate baseline sign --key approval.pem
            """)

    @OptionGroup var key: SigningKeyOption
    @OptionGroup var file: ConfigurationFileOption
    @OptionGroup var selection: BaselineSelection
    @OptionGroup var printing: OutputOptions

    func run() throws {
        let keys = try file.load().policy(flags: ConfigurationFlags(), fallback: Policy()).approvalKeys
        guard !keys.isEmpty else {
            throw CommandFailure(
                .usage, "the configuration lists no approval_keys, so that no signature is asked for",
                remedy: "List who may approve: approval_keys: [\"NAME PUBLIC-KEY\"].")
        }
        guard let sign = try key.signer(listed: keys) else { return }
        let signed = try selection.entries().map { entry in
            BaselineChangeDocument.Signed(
                file: entry.file,
                signed: try selection.store.sign(
                    workload: entry.workload, machineClass: entry.machineClass, keys: keys, by: sign))
        }
        guard printing.format == .text else {
            return try Terminal.standardOutput.deliver(
                document: BaselineChangeDocument(isWritten: signed.contains { $0.signed > 0 }, signed: signed))
        }
        for one in signed {
            let words =
                one.signed == 0 ? "nothing to sign" : "\(DisplayFormat.count(one.signed, "session")) signed; commit it"
            Terminal.standardOutput.line("\(one.file): \(words)")
        }
    }
}
