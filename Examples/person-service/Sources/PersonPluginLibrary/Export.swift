import PersonPlugin
import TroveManage

/// What a service looks for in libDBPlugins.so.
@c(trove_db_plugin)
public func plugin(_ question: Int32) -> UnsafeMutableRawPointer? {
  DBPluginExport.answer(question, with: DBPlugins.self)
}
