//! A candidate's response to one item.

use serde::{Deserialize, Serialize};

use crate::Interaction;

/// The chosen options of one item, sorted and without repeats; empty means not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Response(Vec<String>);

/// Why a response does not fit its item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseError {
    /// The item has no such option.
    UnknownChoice(String),
    /// More options are chosen than the item allows.
    TooMany {
        /// The most the item allows.
        max: usize,
        /// How many there were.
        got: usize,
    },
    /// The options are not in ascending order, or one stands twice.
    NotCanonical,
}

impl std::fmt::Display for ResponseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownChoice(id) => write!(f, "there is no option {id:?}"),
            Self::TooMany { max, got } => write!(f, "{got} options chosen, at most {max} allowed"),
            Self::NotCanonical => f.write_str("options must be sorted and stand once"),
        }
    }
}

impl std::error::Error for ResponseError {}

impl Response {
    /// A response of these options, sorted, repeats removed.
    pub fn new(choices: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut choices: Vec<String> = choices.into_iter().map(Into::into).collect();
        choices.sort();
        choices.dedup();
        Self(choices)
    }

    /// The chosen options, ascending.
    pub fn choices(&self) -> &[String] {
        &self.0
    }

    /// Nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this option is chosen.
    pub fn contains(&self, choice: &str) -> bool {
        self.0.iter().any(|c| c == choice)
    }

    /// Checks the response against what the item offers. Fewer options than asked for are allowed: the answer may be
    /// unfinished.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self, interaction: &Interaction) -> Result<(), ResponseError> {
        self.check_against(interaction.choices().iter().map(|c| c.id.as_str()), interaction.max_choices())
    }

    /// Checks the response against option labels and the most that may be chosen.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn check_against<'a>(
        &self,
        choices: impl Iterator<Item = &'a str> + Clone,
        max: usize,
    ) -> Result<(), ResponseError> {
        if self.0.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(ResponseError::NotCanonical);
        }
        for choice in &self.0 {
            if !choices.clone().any(|c| c == choice) {
                return Err(ResponseError::UnknownChoice(choice.clone()));
            }
        }
        let got = self.0.len();
        if got > max {
            return Err(ResponseError::TooMany { max, got });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Choice, RichText};

    fn pick(select: usize) -> Interaction {
        let choices = ["a", "b", "c"].map(|id| Choice { id: id.into(), content: RichText::default() }).to_vec();
        Interaction::MultipleResponse { choices, select }
    }

    #[test]
    fn a_response_is_canonical_whatever_the_order_of_clicks() {
        assert_eq!(Response::new(["b", "a", "b"]), Response::new(["a", "b"]));
    }

    #[test]
    fn what_does_not_fit_the_item_is_named() {
        assert_eq!(Response::new(["a"]).check(&pick(2)), Ok(()));
        assert_eq!(Response::new(["d"]).check(&pick(2)), Err(ResponseError::UnknownChoice("d".into())));
        assert_eq!(Response::new(["a", "b", "c"]).check(&pick(2)), Err(ResponseError::TooMany { max: 2, got: 3 }));
        assert_eq!(Response(vec!["b".into(), "a".into()]).check(&pick(2)), Err(ResponseError::NotCanonical));
    }
}
