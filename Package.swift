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
    // For services whose plugins are shared libraries: all of them must use the same copy.
    .library(name: "TroveManageDynamic", type: .dynamic, targets: ["TroveManage"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    // Loads libpq when it is needed, with the header of libpq-dev; see CPostgres.h.
    .target(name: "CPostgres"),
    .target(
      name: "TroveManage", dependencies: ["CSQLite", "CPostgres"],
      resources: [
        .embedInCode("Python/Bridge/__init__.py"),
        .embedInCode("Python/Bridge/boot.py"),
        .embedInCode("Python/Bridge/channel.py"),
        .embedInCode("Python/Bridge/dbapi.py"),
        .embedInCode("Python/Bridge/deferral.py"),
        .embedInCode("Python/Bridge/dialects.py"),
        .embedInCode("Python/Bridge/errors.py"),
        .embedInCode("Python/Bridge/extras.py"),
        .embedInCode("Python/Bridge/failure.py"),
        .embedInCode("Python/Bridge/literals.py"),
        .embedInCode("Python/Bridge/loader.py"),
        .embedInCode("Python/Bridge/main.py"),
        .embedInCode("Python/Bridge/packages.py"),
        .embedInCode("Python/Bridge/postgresql.py"),
        .embedInCode("Python/Bridge/postgresql_cursor.py"),
        .embedInCode("Python/Bridge/ranges.py"),
        .embedInCode("Python/Bridge/reading.py"),
        .embedInCode("Python/Bridge/sqlite.py"),
        .embedInCode("Python/Bridge/values.py"),
        .embedInCode("Python/Bridge/watch.py"),
      ],
      swiftSettings: settings
    ),
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
