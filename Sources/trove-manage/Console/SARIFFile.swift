import FoundationEssentials
import TroveManage

/// The file that `--sarif` names, where nothing is yet.
struct SARIFFile {
  let path: Path

  /// - Throws: ``FileError`` when something is there, or its folder is not.
  init(_ path: Path) throws(FileError) {
    try FileSystem.checkNew(path.text)
    self.path = path
  }

  func write(_ log: SARIFLog) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(log)
    try FileSystem.write(Array(data) + [0x0A], toNew: path.text)
  }
}
