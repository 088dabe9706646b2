/// Runs `body` in a task that the present one's cancellation does not reach.
///
/// For the few steps that must not be broken off half-way: an unstructured task is the language's one way to say so.
func withTaskCancellationShield<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value {
    await Task { await body() }.value
}
