internal import SlipwayCore

/// `params.json` on disk: TFaaS's members in either spelling, and Slipway's own. Others' members are left alone.
struct ParametersDocument: Decodable {
    let parameters: ModelParameters

    private enum CodingKeys: String, CodingKey {
        case name, model, labels, description, features, classes, image
        case inputNode, outputNode
        case snakeInputNode = "input_node"
        case snakeOutputNode = "output_node"
        case imageChannels = "img_channels"
        case featureNames = "feature_names"
        case classNames = "class_names"
    }

    private struct Image: Decodable {
        var channels: Int?
        var width: Int?
        var height: Int?
        var scale: Double?
        var mean: OneOrMany?
        var std: OneOrMany?
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        // Programs that fill in every member write empty text for what they do not know.
        func text(_ keys: CodingKeys...) throws -> String? {
            for key in keys {
                if let text = try members.decodeIfPresent(String.self, forKey: key), !text.isEmpty { return text }
            }
            return nil
        }
        func list(_ keys: CodingKeys...) throws -> [String]? {
            for key in keys {
                if let list = try members.decodeIfPresent([String].self, forKey: key) { return list }
            }
            return nil
        }
        var parameters = ModelParameters()
        parameters.name = try text(.name)
        parameters.model = try text(.model)
        parameters.labels = try text(.labels)
        parameters.inputNode = try text(.inputNode, .snakeInputNode)
        parameters.outputNode = try text(.outputNode, .snakeOutputNode)
        parameters.description = try text(.description)
        parameters.featureNames = try list(.featureNames, .features)
        parameters.classNames = try list(.classNames, .classes)
        let image = try members.decodeIfPresent(Image.self, forKey: .image)
        // TFaaS writes 0 where the model takes no pictures.
        let channels = try members.decodeIfPresent(Int.self, forKey: .imageChannels).flatMap { $0 == 0 ? nil : $0 }
        if image != nil || channels != nil {
            var found = ImageParameters()
            found.channels = image?.channels ?? channels
            found.width = image?.width
            found.height = image?.height
            found.scale = image?.scale
            found.mean = image?.mean?.values
            found.deviation = image?.std?.values
            parameters.image = found
        }
        self.parameters = parameters
    }
}

/// A number, or a list of numbers.
private struct OneOrMany: Decodable {
    let values: [Double]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Double.self) {
            values = [value]
        } else {
            values = try container.decode([Double].self)
        }
    }
}
