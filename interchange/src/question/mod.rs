//! The neutral model: a question apart from the format it came in.

mod gap;
mod interaction;
mod pattern;

use serde::{Serialize, Serializer};

pub use gap::{Gap, GapKind, GapMatch, Tile, TileGap};
pub use interaction::{
    AcceptedNumber, AcceptedText, Choice, ChoiceOption, ExtendedText, Interaction, Match, NumberRange, Numeric, Pair,
    TextEntry, TrueFalse,
};
pub use pattern::TextPattern;

use crate::{Content, Decimal};

/// A question of another system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The id that the other system's authors gave it.
    pub id: Option<String>,
    /// Its name, for authors; candidates do not see it.
    pub name: Option<String>,
    /// The categories that it stands in, the outermost first.
    pub category: Vec<String>,
    /// Words that authors attached.
    pub tags: Vec<String>,
    /// What is asked. Gaps stand in it for [`Interaction::Gaps`] and [`Interaction::GapMatch`], and only for these.
    pub stem: Content,
    /// What the candidate does, and what is right.
    pub interaction: Interaction,
    /// Points for a right answer, where the format says.
    pub points: Option<Decimal>,
    /// What a further try costs, as a part of the points from 0 to 1, where the format says.
    pub penalty: Option<Decimal>,
    /// What candidates are told after they answered.
    pub feedback: Feedback,
    /// Pictures that stem, options or feedback show, each once, by name.
    pub assets: Vec<Asset>,
}

/// What candidates are told after they answered, apart from what belongs to one option. Each may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Feedback {
    /// Whatever the answer was.
    pub general: Content,
    /// After a right answer.
    pub correct: Content,
    /// After an answer that is right in part.
    pub partly_correct: Content,
    /// After a wrong answer.
    pub incorrect: Content,
}

/// A picture that came with a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asset {
    /// Unique within the question.
    pub name: String,
    /// `image/png`, `image/jpeg`, `image/gif` or `image/webp`, by its first bytes.
    pub media_type: &'static str,
    /// The file; in JSON its length only.
    #[serde(rename = "length", serialize_with = "length")]
    pub bytes: Vec<u8>,
}

fn length<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    bytes.len().serialize(serializer)
}
