// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that who builds chimera-gate does not build this. The modules that it
// measures are links.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "judgement",
    targets: [
        .target(name: "GateVocabulary", swiftSettings: settings),
        .target(name: "GateCore", dependencies: ["GateVocabulary"], swiftSettings: settings),
        .target(name: "GateVerdict", dependencies: ["GateCore"], swiftSettings: settings),
        .executableTarget(name: "judgement", dependencies: ["GateCore", "GateVerdict"], swiftSettings: settings),
    ]
)
