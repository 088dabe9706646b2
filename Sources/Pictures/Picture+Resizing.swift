extension Picture {
    /// The picture at another size, by a triangle filter as wide as the reduction, as Pillow's `BILINEAR` is: a smaller
    /// picture loses detail and gains no jags.
    package func resized(width: Int, height: Int) -> Picture {
        precondition(width > 0 && height > 0, "a picture has pixels")
        var picture = self
        if width != self.width { picture = picture.narrowed(to: width) }
        if height != self.height { picture = picture.lowered(to: height) }
        return picture
    }

    private func narrowed(to width: Int) -> Picture {
        let weights = ResizingWeights(from: self.width, to: width)
        var result = [UInt8](repeating: 0, count: width * height * channels)
        samples.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { target in
                for row in 0..<height {
                    let line = row * self.width * channels
                    for (column, span) in weights.spans.enumerated() {
                        for channel in 0..<channels {
                            var sum = ResizingWeights.half
                            var place = line + span.first * channels + channel
                            for weight in weights.weights[span.range] {
                                sum += Int32(source[place]) * weight
                                place += channels
                            }
                            target[(row * width + column) * channels + channel] = ResizingWeights.sample(sum)
                        }
                    }
                }
            }
        }
        return Picture(width: width, height: height, channels: channels, samples: result)
    }

    private func lowered(to height: Int) -> Picture {
        let weights = ResizingWeights(from: self.height, to: height)
        let line = width * channels
        var result = [UInt8](repeating: 0, count: line * height)
        samples.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { target in
                for (row, span) in weights.spans.enumerated() {
                    for column in 0..<line {
                        var sum = ResizingWeights.half
                        var place = span.first * line + column
                        for weight in weights.weights[span.range] {
                            sum += Int32(source[place]) * weight
                            place += line
                        }
                        target[row * line + column] = ResizingWeights.sample(sum)
                    }
                }
            }
        }
        return Picture(width: width, height: height, channels: channels, samples: result)
    }
}
