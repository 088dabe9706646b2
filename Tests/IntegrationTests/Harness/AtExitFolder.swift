import Synchronization

/// What is removed when the test program ends: atexit(3) takes no context.
let atExitFolder = Mutex<String?>(nil)
