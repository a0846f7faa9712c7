// A race that the thread sanitizer must find: two threads change one number without a lock.

import Foundation

final class Box: @unchecked Sendable { var number = 0 }

let box = Box()
let group = DispatchGroup()
for _ in 0..<2 {
  group.enter()
  Thread {
    for _ in 0..<10_000 { box.number += 1 }
    group.leave()
  }.start()
}
group.wait()
print(box.number)
