import GateBaselines
import GateCore
import GateCorpus
import GateFiles
import GateHTTP
import GateImport
import GateLoad
import GateMeasure
import GateProcess
import GateProxy
import GateReplay
import GateReports
import GateRevision
import GateSettings
import GateStream
import GateVerdict
import GateWorkload

/// Why a command ends early: one message for the person, one status for the pipeline.
struct CommandFailure: Error {
    let code: GateExit
    /// What happened and where.
    let message: String
    /// What to do about it; nil where the message says it.
    let remedy: String?

    init(_ code: GateExit, _ message: String, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// Finds the exit status of an error of any module.
    init(_ error: any Error) {
        if let failure = error as? CommandFailure {
            self = failure
            return
        }
        if let error = error as? ImportError {
            self.init(error.isOfCommandLine ? .usage : .malformedData, error.message, remedy: error.remedy)
            return
        }
        self.init(CommandFailure.code(of: error), "\(error)", remedy: (error as? MeasuringError)?.remedy)
    }

    private static func code(of error: any Error) -> GateExit {
        switch error {
        case let error as ConfigurationError: GateExit(rawValue: error.exitCode) ?? .configuration
        case is ContextTooSmall: .configuration
        case SessionError.occupied: .cannotCreate
        case is IngestError, is SessionError, is FormatError: .malformedData
        case StreamSetupError.invalidURL: .configuration
        case let error as FileError: code(of: error)
        case let error as BaselineError: code(of: error)
        case let error as ProcessError: code(of: error)
        case let error as ReplayError: code(of: error)
        case let error as RevisionError: code(of: error)
        case is ProxyError: .cannotCreate
        case let error as MeasuringError: code(of: error)
        case let error as ExchangeLogError:
            error.isPermission ? .noPermission : error.isNew ? .cannotCreate : .inputOutput
        default: .bug
        }
    }
}

extension CommandFailure {
    private static func code(of error: FileError) -> GateExit {
        switch error.kind {
        case .cannotCreate: .cannotCreate
        case .inputOutput: .inputOutput
        case .permission: .noPermission
        case .missing, .unsuitable: .malformedData
        }
    }

    private static func code(of error: MeasuringError) -> GateExit {
        switch error {
        case .cannotStart(let error): code(of: error)
        case .sharedAddress, .variableNotSet, .noToken, .noCertificate: .configuration
        case .promptNotUTF8, .promptEmpty, .cannotGoOn: .malformedData
        case .noServer, .stillLoading, .answersAlready, .endedEarly, .notReady, .coldStart: .unavailable
        case .loadNotConfigured: .bug
        }
    }

    /// A command that cannot be started at all is a mistake in the configuration; trying again does not mend it.
    private static func code(of error: ProcessError) -> GateExit {
        switch error {
        case .emptyCommand, .programNotFound, .notExecutable, .nulByte, .tooFewDescriptors: .configuration
        case .outputNotWritable: .cannotCreate
        case .system, .endedEarly, .timedOut, .outputTooLarge, .interrupted: .unavailable
        }
    }

    private static func code(of error: ReplayError) -> GateExit {
        switch error {
        case .noRecordings, .unusableRecording: .malformedData
        case .impossibleOption, .unknownFault, .cannotListen(.unknownHost(_, _)), .cannotListen(.impossiblePort(_)):
            .usage
        case .cannotListen, .noThread: .cannotCreate
        case .alreadyRunning: .bug
        }
    }

    private static func code(of error: RevisionError) -> GateExit {
        switch error {
        case .noGit, .noRepository, .unknown, .outside: .usage
        case .notFetched, .unreadable, .failed: .baselineMissing
        case .notPrepared: .configuration
        case .notWritten: .cannotCreate
        }
    }

    private static func code(of error: BaselineError) -> GateExit {
        switch error {
        case .badName: .configuration
        case .noReason: .usage
        case .notApprovable, .doubtful: .malformedData
        case .unusable, .notAFolder, .malformed, .conflicted, .misplaced, .impossible,
            .nothingApproved:
            .baselineMissing
        case .edited, .unsigned: .baselineUntrusted
        }
    }
}
