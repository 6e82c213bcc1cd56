// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that who builds chimera-gate does not build this. `Sources/GateCore` is a link to the module.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "judgement",
    targets: [
        .target(name: "GateCore", swiftSettings: settings),
        .executableTarget(name: "judgement", dependencies: ["GateCore"], swiftSettings: settings),
    ]
)
