import SlipwayCore

extension ServingSettings {
    /// What of these settings cannot be.
    var faults: [FieldFault] {
        var faults: [FieldFault] = []
        if !(0...1).contains(maximumQueueDelay) {
            faults.append(
                FieldFault(
                    path: "max_queue_delay", value: "\(maximumQueueDelay)", message: "must be from 0 to 1 second"))
        }
        if !(1...65_536).contains(maximumBatchRows) {
            faults.append(
                FieldFault(path: "max_batch_rows", value: "\(maximumBatchRows)", message: "must be from 1 to 65536"))
        }
        if !(0...(1 << 40)).contains(cacheBytes) {
            faults.append(
                FieldFault(path: "cache_bytes", value: "\(cacheBytes)", message: "must be from 0 to 1099511627776"))
        }
        return faults
    }
}
