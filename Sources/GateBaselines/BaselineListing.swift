public import GateCore
import GateFiles

/// What a folder of baselines holds.
public struct BaselineListing: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public let workload: WorkloadName
        public let machineClass: String
        public let file: String

        public init(workload: WorkloadName, machineClass: String, file: String) {
            self.workload = workload
            self.machineClass = machineClass
            self.file = file
        }
    }

    /// By workload, then by machine class.
    public let entries: [Entry]
    /// JSON files that no check will ever read, because of their name or place.
    public let strays: [String]
}

extension BaselineStore {
    /// Every baseline by its place; empty where the folder is not there. Nothing is read.
    public func list() throws -> BaselineListing {
        guard PathKind.of(directory + "/.") == .folder else { return BaselineListing(entries: [], strays: []) }
        var entries: [BaselineListing.Entry] = []
        var strays: [String] = []
        for name in try Folder.names(in: directory) {
            let path = "\(directory)/\(name)"
            guard PathKind.of(path) == .folder else {
                if name.hasSuffix(".json") { strays.append(path) }
                continue
            }
            for fileName in try Folder.names(in: path) where fileName.hasSuffix(".json") {
                let machineClass = String(fileName.dropLast(".json".count))
                let file = "\(path)/\(fileName)"
                if SafeName.isValid(name), SafeName.isValid(machineClass) {
                    entries.append(
                        .init(workload: WorkloadName(rawValue: name), machineClass: machineClass, file: file))
                } else {
                    strays.append(file)
                }
            }
        }
        return BaselineListing(entries: entries, strays: strays)
    }
}
