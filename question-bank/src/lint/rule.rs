//! The rules: a stable id, a severity, where the rule comes from. docs/LINT.md has the same table in sentences.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{Severity, bank::Named};

macro_rules! rules {
    ($($name:ident $severity:ident $id:literal $doc:literal $source:literal)*) => {
        /// A rule of item writing, by a stable id such as `long-key`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule { $(#[doc = $doc] $name,)* }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable id.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// How bad it is to break the rule.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// Who says so. HDR n is guideline n of Haladyna, Downing & Rodriguez (2002).
            pub fn source(self) -> &'static str {
                match self { $(Self::$name => $source,)* }
            }
        }

        impl Named for Rule {
            const ALL: &'static [(&'static str, Self)] = &[$(($id, Self::$name)),*];
        }
    };
}

rules! {
    StemNotQuestion Error "stem-not-question" "The stem neither asks nor is to be completed." "HDR 9, 15"
    StemNegative Error "stem-negative" "The stem asks for what is not the case, without emphasis." "HDR 17"
    LongSentence Note "long-sentence" "A sentence too long to be read once." "HDR 8, 13"
    AllOrNone Error "all-or-none" "An option «all of the above» or «none of the above»." "HDR 25, 26"
    OptionNamesOption Error "option-names-option" "An option that speaks of another by its letter." "HDR 9, 22"
    OptionOverlap Warning "option-overlap" "An option that contains the whole of another." "HDR 22"
    OptionPunctuation Warning "option-punctuation" "Options that begin or end in different ways." "HDR 23"
    OptionGrammar Warning "option-grammar" "One option of another grammatical form than the rest." "HDR 23, 28c"
    LongKey Warning "long-key" "A key much longer than its distractors." "HDR 24, 28d"
    KeyLongest Note "key-longest" "The key is the longest option." "HDR 24"
    KeyLength Warning "key-length" "Over the bank, the key is the longest or shortest option more or less often than by chance." "HDR 24, 28d"
    KeyPosition Warning "key-position" "Keys that stand too often at the same place over the bank." "HDR 20"
    AbsoluteDistractor Warning "absolute-distractor" "Absolute words in distractors only." "HDR 28a"
    HedgedKey Warning "hedged-key" "Hedges in the key only." "HDR 28a, 28d"
    CueWords Warning "cue-words" "Words of the stem that come back in the key only." "HDR 28b"
    ArticleCue Warning "article-cue" "An article at the end of the stem that fits some options only." "HDR 28c"
    Acronym Warning "acronym" "An acronym that is not explained." "HDR 8"
    Identifier Warning "identifier" "An option that asks for an identifier to be remembered." "HDR 2, 5"
    Brand Warning "brand" "The name of a vendor or product." "HDR 2"
    ThinRationale Warning "thin-rationale" "A rationale that gives no reason." "NBME 2020, item review"
    VagueLocator Warning "vague-locator" "A locator that names no place in its source." "ISO/IEC 17024:2026, exam validity"
    ReviewSoon Warning "review-soon" "A review date that comes soon." "ISO/IEC 17024:2026, exam validity"
    StimulusLength Warning "stimulus-length" "A stimulus far from 150 to 250 words." "HDR 13"
    RefersToItem Error "refers-to-item" "An item that speaks of another item." "HDR 4"
    GivesAway Warning "gives-away" "An item whose stem says another item's key." "HDR 4"
    ScenarioNotNeeded Warning "scenario-not-needed" "An item of a set that takes up nothing of the scenario." "HDR 16"
    NearDuplicate Warning "near-duplicate" "Two items that are nearly the same, and not enemies." "HDR 4"
    NoHistory Warning "no-history" "A bank without a history of its items." "ISO/IEC 17024:2026, exam security"
    WaiverUnused Warning "waiver-unused" "A waiver that waives nothing." "docs/LINT.md"
}

impl Rule {
    /// Whether a waiver may name it.
    pub fn is_waivable(self) -> bool {
        self != Self::WaiverUnused
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
