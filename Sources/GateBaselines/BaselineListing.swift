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
    /// Links and the like in the place of a workload's folder, which no check follows.
    public let detours: [String]
}

extension BaselineStore {
    /// Every baseline by its place; empty where the folder is not there. Nothing is read. Throws
    /// ``BaselineError/notAFolder(_:)`` where something else is in the folder's place.
    public func list() throws -> BaselineListing {
        guard PathKind.of(directory + "/.") == .folder else {
            guard PathKind.of(directory) == .nothing else { throw BaselineError.notAFolder(directory) }
            return BaselineListing(entries: [], strays: [], detours: [])
        }
        var entries: [BaselineListing.Entry] = []
        var strays: [String] = []
        var detours: [String] = []
        for name in try Folder.names(in: directory) {
            let path = "\(directory)/\(name)"
            switch PathKind.of(path) {
            case .folder: break
            case .other where SafeName.isValid(name):
                detours.append(path)
                continue
            default:
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
        return BaselineListing(entries: entries, strays: strays, detours: detours)
    }
}
