// The same service with no plugin in it: what db_plugins names is loaded from libDBPlugins.so.

import Foundation
import People

exit(PersonService.main(registered: [:]))
