import Pictures
import SlipwayCore

/// Where height, width and channels stand in the shape of an input that takes pictures.
struct PictureShape {
    let layout: Picture.Layout
    let channels: Int
    /// Nil where any size goes.
    let height: Int?
    let width: Int?

    /// - Parameter prefersChannelsLast: What an input means that leaves its channels free: TensorFlow's order.
    /// - Returns: nil for a shape that holds no picture.
    init?(_ shape: [Int], _ parameters: ImageParameters, prefersChannelsLast: Bool) {
        func size(_ size: Int) -> Int? { size < 0 ? nil : size }
        func isChannels(_ size: Int) -> Bool { size == 1 || size == 3 }
        func agrees(_ channels: Int) -> Bool { parameters.channels == nil || parameters.channels == channels }
        switch shape.count {
        case 4:
            guard shape[0] < 0 || shape[0] == 1 else { return nil }
            let (first, last) = (shape[1], shape[3])
            let isLast: Bool
            switch (isChannels(first) && agrees(first), isChannels(last) && agrees(last)) {
            case (true, false): isLast = false
            case (false, true): isLast = true
            case (true, true): isLast = prefersChannelsLast
            case (false, false):
                guard (prefersChannelsLast ? last : first) < 0 else { return nil }
                isLast = prefersChannelsLast
            }
            layout = isLast ? .channelsLast : .channelsFirst
            channels = size(isLast ? last : first) ?? parameters.channels ?? 3
            (height, width) = isLast ? (size(shape[1]), size(shape[2])) : (size(shape[2]), size(shape[3]))
        case 3 where shape[0] < 0 || shape[0] == 1 && !(isChannels(shape[2]) && agrees(shape[2])):
            guard agrees(1) else { return nil }
            (layout, channels, height, width) = (.channelsLast, 1, size(shape[1]), size(shape[2]))
        case 3:
            let isLast = isChannels(shape[2]) && agrees(shape[2])
            guard isLast || (isChannels(shape[0]) && agrees(shape[0])) else { return nil }
            layout = isLast ? .channelsLast : .channelsFirst
            channels = isLast ? shape[2] : shape[0]
            (height, width) = isLast ? (size(shape[0]), size(shape[1])) : (size(shape[1]), size(shape[2]))
        case 2:
            // A picture laid out in one line, as of handwritten digits.
            guard shape[0] < 0 || shape[0] == 1 else { return nil }
            let found = parameters.channels ?? 1
            let side = Int(Double(max(shape[1], 0) / found).squareRoot().rounded())
            let (rows, columns) = (parameters.height ?? side, parameters.width ?? side)
            guard shape[1] > 0, rows * columns * found == shape[1] else { return nil }
            (layout, channels, height, width) = (.channelsLast, found, rows, columns)
        default:
            return nil
        }
    }
}
