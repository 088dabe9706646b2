extension Picture {
    /// Which sample follows which in a tensor.
    package enum Layout: Sendable, Hashable {
        /// Row by row, the channels of a pixel side by side: `[height, width, channels]`.
        case channelsLast
        /// One channel whole after the other: `[channels, height, width]`.
        case channelsFirst
    }

    /// The samples as numbers: (sample · scale − mean) / deviation.
    ///
    /// - Parameters:
    ///   - mean: One number, or one a channel.
    ///   - deviation: As `mean`; not 0.
    package func values(
        _ layout: Layout, scale: Double, mean: [Double] = [0], deviation: [Double] = [1]
    ) -> [Float] {
        let tables = (0..<channels).map { channel in
            let (mean, deviation) = (mean[mean.count == 1 ? 0 : channel], deviation[deviation.count == 1 ? 0 : channel])
            return (0..<256).map { Float((Double($0) * scale - mean) / deviation) }
        }
        var values: [Float] = []
        values.reserveCapacity(samples.count)
        switch layout {
        case .channelsLast:
            for start in stride(from: 0, to: samples.count, by: channels) {
                for channel in 0..<channels { values.append(tables[channel][Int(samples[start + channel])]) }
            }
        case .channelsFirst:
            for channel in 0..<channels {
                let table = tables[channel]
                for place in stride(from: channel, to: samples.count, by: channels) {
                    values.append(table[Int(samples[place])])
                }
            }
        }
        return values
    }
}
