//! How much of a foreign file is read.

/// Bytes of a GIFT file.
pub const GIFT_BYTES: usize = 8 << 20;
/// Bytes of a Moodle XML file, embedded pictures included.
pub const XML_BYTES: usize = 64 << 20;
/// Elements that lie within one another in an XML file.
pub const XML_DEPTH: usize = 64;
/// Elements of one question in an XML file.
pub const XML_ELEMENTS: usize = 10_000;
/// Questions of a file, categories included.
pub const QUESTIONS: usize = 20_000;
/// Bytes of one formatted text.
pub const TEXT_BYTES: usize = 256 << 10;
/// Blocks, inlines and cells of one formatted text.
pub const TEXT_NODES: usize = 20_000;
/// Lists and tables that lie within one another.
pub const TEXT_DEPTH: usize = 8;
/// Options, pairs, accepted answers, tiles or gaps of one question.
pub const OPTIONS: usize = 200;
/// Characters of a name, tag, category's path or plain answer.
pub const NAME_CHARACTERS: usize = 1_000;
/// Tags of one question, and names of a category's path.
pub const NAMES: usize = 50;
/// Pictures of one question.
pub const ASSETS: usize = 50;
/// Bytes of one picture.
pub const ASSET_BYTES: usize = 4 << 20;
/// Faults that are told of one question; one that has more is told to have more.
pub const FAULTS: usize = 100;
