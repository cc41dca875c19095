//! The order in which SEB puts the names of settings.

use std::cmp::Ordering;

/// Without regard to case, with lower case first among names that differ in nothing else.
///
/// For the names that settings have (ASCII letters and digits) this is the invariant culture's order, which SEB uses.
pub(crate) fn compare(one: &str, other: &str) -> Ordering {
    let folded = |name: &str| name.chars().flat_map(char::to_lowercase).collect::<String>();
    // Bytes of lower case letters are the greater ones.
    folded(one).cmp(&folded(other)).then_with(|| other.cmp(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_matters_only_where_nothing_else_differs() {
        let mut names = ["URLFilterRules", "allowWLAN", "startURL", "allowWlan", "enableF2", "enableF10", "enableF1"];
        names.sort_by(|one, other| compare(one, other));
        assert_eq!(
            names,
            ["allowWlan", "allowWLAN", "enableF1", "enableF10", "enableF2", "startURL", "URLFilterRules"]
        );
    }
}
