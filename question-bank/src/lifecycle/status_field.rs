//! The `status` in an item's file, changed without touching the rest.

use toml::de::DeTable;

use crate::bank::Status;

/// The text of an item's or set's file with another status; `None` if it is not TOML or has no `status`.
pub fn with_status(text: &str, status: Status) -> Option<String> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let span = root.get_ref().get("status").filter(|_| errors.is_empty())?.span();
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    Some(format!("{before}\"{}\"{after}", status.as_str()))
}

/// The text of an item's or set's file as a draft that nobody has reviewed: `status` and `authoring.reviewed` changed, the
/// rest untouched. `None` if it is not TOML or lacks one of them.
pub fn as_unreviewed_draft(text: &str) -> Option<String> {
    let text = with_status(text, Status::Draft)?;
    let (root, _) = DeTable::parse_recoverable(&text);
    let authoring = root.get_ref().get("authoring")?.get_ref().as_table()?;
    let span = authoring.get("reviewed")?.span();
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    Some(format!("{before}false{after}"))
}

#[cfg(test)]
mod tests {
    use super::as_unreviewed_draft;

    #[test]
    fn a_draft_has_lost_its_status_and_its_review_and_nothing_else() {
        let text = "# a\nstatus = 'operational' # b\n[authoring]\nreviewed = true # c\n";
        let draft = "# a\nstatus = \"draft\" # b\n[authoring]\nreviewed = false # c\n";
        assert_eq!(as_unreviewed_draft(text).as_deref(), Some(draft));
        assert_eq!(as_unreviewed_draft("status = \"draft\"\n"), None);
        assert_eq!(as_unreviewed_draft("status = \n"), None);
    }
}
