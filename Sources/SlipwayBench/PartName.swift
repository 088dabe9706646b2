import ArgumentParser

/// The parts, in the order in which they are measured.
enum PartName: String, CaseIterable, ExpressibleByArgument {
    case postgres, accept, submit, status, quiet, upload, predict, serve, train, scale, several

    var part: any BenchPart {
        switch self {
        case .postgres: PostgresPart()
        case .accept: AcceptPart()
        case .submit: SubmitPart()
        case .status: StatusPart()
        case .quiet: QuietPart()
        case .upload: UploadPart()
        case .predict: PredictPart()
        case .serve: ServePart()
        case .train: TrainPart()
        case .scale: ScalePart()
        case .several: SeveralPart()
        }
    }
}
