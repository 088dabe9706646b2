/// `preprocess.json` on disk, in any of its three forms.
struct PreprocessingDocument: Decodable {
    let features: [String]?
    let offset: [Double]
    let factor: [Double]
    let nan: Double?
    let jagged: [String: Int]

    private enum CodingKeys: String, CodingKey {
        case features, mean, std, min, max, offset, factor, nan, jagged
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        features = try members.decodeIfPresent([String].self, forKey: .features)
        nan = try members.decodeIfPresent(Double.self, forKey: .nan)
        jagged = try members.decodeIfPresent([String: Int].self, forKey: .jagged) ?? [:]
        let known = Set(features ?? [])
        for (name, count) in jagged {
            guard count >= 0, count <= known.count,
                (0..<count).allSatisfy({ known.contains(Preprocessing.column($0, of: name)) })
            else {
                throw DecodingError.dataCorruptedError(
                    forKey: .jagged, in: members,
                    debugDescription:
                        "\"\(name)\" stands for \(count) columns, \(name)_0 and so on, that are no features")
            }
        }
        func lists(_ first: CodingKeys, _ second: CodingKeys) throws -> ([Double], [Double]) {
            let pair = (
                try members.decode([Double].self, forKey: first), try members.decode([Double].self, forKey: second)
            )
            for (key, list) in [(first, pair.0), (second, pair.1)] {
                guard list.allSatisfy(\.isFinite) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: key, in: members, debugDescription: "every value must be finite")
                }
            }
            guard pair.0.count == pair.1.count else {
                throw DecodingError.dataCorruptedError(
                    forKey: second, in: members,
                    debugDescription: "it has \(pair.1.count) values, and \(first.rawValue) has \(pair.0.count)")
            }
            return pair
        }
        func inverse(_ key: CodingKeys, _ ranges: [Double], ofConstant: Double) throws -> [Double] {
            let factors = ranges.map { $0 == 0 ? ofConstant : 1 / $0 }
            guard factors.allSatisfy(\.isFinite), ranges.allSatisfy(\.isFinite) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: members, debugDescription: "a range is too small or too large to divide by")
            }
            return factors
        }
        if members.contains(.mean) || members.contains(.std) {
            let (mean, std) = try lists(.mean, .std)
            guard std.allSatisfy({ $0 >= 0 }) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .std, in: members, debugDescription: "a standard deviation is negative")
            }
            offset = mean
            // A constant column is only centred, as scikit-learn's StandardScaler does.
            factor = try inverse(.std, std, ofConstant: 1)
        } else if members.contains(.min) || members.contains(.max) {
            let (least, greatest) = try lists(.min, .max)
            guard zip(least, greatest).allSatisfy(<=) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .max, in: members, debugDescription: "a value is below its min")
            }
            offset = least
            // A constant column tells nothing: 0, whatever the value.
            factor = try inverse(.max, zip(least, greatest).map { $1 - $0 }, ofConstant: 0)
        } else {
            (offset, factor) = try lists(.offset, .factor)
        }
        if let features, features.count != offset.count {
            throw DecodingError.dataCorruptedError(
                forKey: .features, in: members,
                debugDescription: "it has \(features.count) names for \(offset.count) values")
        }
    }
}

extension PreprocessingDocument {
    /// The scaling of the model's columns, in their order; columns that it does not name stay as they are.
    ///
    /// - Throws: `InferenceError` with `loadFailed` where it does not fit the columns.
    func preprocessing(for names: [String]?, width: Int?, file: CompanionFile) throws -> Preprocessing {
        guard let names, let features else {
            let columns = names?.count ?? width
            guard columns == nil || columns == offset.count else {
                throw file.failure("scales \(offset.count) columns; the model has \(columns ?? 0)")
            }
            return Preprocessing(
                features: names ?? features ?? [], offset: offset, factor: factor, nan: nan, jagged: jagged)
        }
        guard width == nil || width == names.count else {
            throw file.failure("names \(names.count) columns; the model wants \(width ?? 0) values a row")
        }
        var places: [String: Int] = [:]
        for (index, feature) in features.enumerated() {
            guard places.updateValue(index, forKey: feature) == nil else {
                throw file.failure("has the feature \"\(feature)\" twice")
            }
        }
        if let stranger = Set(features).subtracting(names).sorted().first {
            throw file.failure("scales \"\(stranger)\", which is none of the model's columns")
        }
        return Preprocessing(
            features: names, offset: names.map { places[$0].map { offset[$0] } ?? 0 },
            factor: names.map { places[$0].map { factor[$0] } ?? 1 }, nan: nan, jagged: jagged)
    }
}
