/// A cautious estimate of how many tokens a text has, without the model's tokenizer.
///
/// Digits and punctuation count one token each (small vocabularies split numbers digit by digit), words a token for
/// every three letters begun, other scripts one for each byte. That is above what the tokenizers of Llama, Gemma, Qwen
/// and SmolLM make of reports and data, so that a prompt that fits by this estimate fits.
enum TokenEstimate {
    static func tokens(in text: String) -> Int {
        var tokens = 0
        var letters = 0
        for byte in text.utf8 {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A: letters += 1
            default:
                tokens += (letters + 2) / 3
                letters = 0
                if byte != 0x20 { tokens += 1 }
            }
        }
        return tokens + (letters + 2) / 3
    }
}
