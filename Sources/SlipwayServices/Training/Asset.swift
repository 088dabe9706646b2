import CAssets

/// Files that were embedded when the program was built.
enum Asset {
    static func text(_ asset: slipway_asset) -> String {
        String(decoding: UnsafeBufferPointer(start: asset.bytes, count: asset.count), as: UTF8.self)
    }

    static func name(_ asset: slipway_asset) -> String { String(cString: asset.name) }
}
