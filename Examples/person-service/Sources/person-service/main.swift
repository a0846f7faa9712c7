import Foundation
import People
import PersonPlugin

exit(PersonService.main(registered: ["com.foo.dbaas.db.plugin.DBPlugins": DBPlugins.self]))
