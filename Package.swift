// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "trove-manage",
  products: [
    .executable(name: "trove-manage", targets: ["trove-manage"]),
    .library(name: "TroveManage", targets: ["TroveManage"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(name: "TroveManage", dependencies: ["CSQLite", "CPostgres"], swiftSettings: settings),
    .executableTarget(
      name: "trove-manage",
      dependencies: [
        "TroveManage",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TroveManageTests",
      dependencies: ["TroveManage"],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
  ]
)
