//! Paths of categories, as Moodle writes them.

use crate::{bounds, import::beginning};

/// The names of a path, the outermost first: `$course$/top/Risk//Control/Cases` is «Risk/Control», «Cases».
///
/// Two slashes stand for one within a name. The context in front (`$course$`) and `top` are Moodle's own and left out.
/// What stands beyond [`bounds::NAME_CHARACTERS`] is left out: each question of the category has the path.
pub(crate) fn path(written: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut characters = written.chars().take(bounds::NAME_CHARACTERS).peekable();
    while let Some(character) = characters.next() {
        if character == '/' && characters.next_if_eq(&'/').is_none() {
            names.push(String::new());
        } else if let Some(name) = names.last_mut() {
            name.push(character);
        }
    }
    let is_context = |name: &String| name.len() > 1 && name.starts_with('$') && name.ends_with('$');
    let mut names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    if names.first().is_some_and(is_context) {
        names.remove(0);
        if names.first().is_some_and(|name| name == "top") {
            names.remove(0);
        }
    }
    names.retain(|name| !name.is_empty());
    names.truncate(bounds::NAMES);
    names
}

/// A name, shortened if it is longer than any name should be.
pub(crate) fn bounded(name: &str) -> String {
    if name.chars().take(bounds::NAME_CHARACTERS + 1).count() > bounds::NAME_CHARACTERS {
        beginning(name)
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn two_slashes_are_one_and_moodles_own_names_are_left_out() {
        assert_eq!(path("$course$/top/Risk//Control/ Cases "), ["Risk/Control", "Cases"]);
        assert_eq!(path("$cat1$/Models"), ["Models"]);
        assert_eq!(path("tom/dick/top"), ["tom", "dick", "top"]);
        assert!(path("$course$/top").is_empty());
        assert!(path("/").is_empty());
        assert_eq!(path(&"a/".repeat(1_000)).len(), crate::bounds::NAMES);
    }
}
