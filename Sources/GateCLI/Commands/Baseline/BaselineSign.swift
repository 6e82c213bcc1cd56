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

    func run() throws {
        let keys = try file.load().policy(flags: ConfigurationFlags(), fallback: Policy()).approvalKeys
        guard !keys.isEmpty else {
            throw CommandFailure(
                .usage, "the configuration lists no approval_keys, so that no signature is asked for",
                remedy: "List who may approve: approval_keys: [\"NAME PUBLIC-KEY\"].")
        }
        guard let sign = try key.signer(listed: keys) else { return }
        for entry in try selection.entries() {
            let signed = try selection.store.sign(
                workload: entry.workload, machineClass: entry.machineClass, keys: keys, by: sign)
            Terminal.standardOutput.line(
                "\(entry.file): \(signed == 0 ? "nothing to sign" : DisplayFormat.count(signed, "session") + " signed; commit it")"
            )
        }
    }
}
