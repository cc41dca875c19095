//! The text catalogue: every word that a user reads is in `locales/*.ftl` (Fluent), none in components.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

thread_local! {
    static BUNDLE: FluentBundle<FluentResource> = english();
}

fn english() -> FluentBundle<FluentResource> {
    let language = "en".parse().expect("en is a language tag");
    let mut bundle = FluentBundle::new(vec![language]);
    // Marks that isolate inserted text confuse copying and searching, and names and numbers here need none.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(include_str!("locales/en.ftl").to_owned());
    let _ = bundle.add_resource(resource.unwrap_or_else(|(readable, _)| readable));
    bundle
}

/// The text of this id; the id itself where the catalogue has none.
pub fn text(id: &str) -> String {
    format(id, None)
}

/// The text of this id with its variables filled in.
pub fn text_with<'a>(id: &str, variables: impl IntoIterator<Item = (&'a str, FluentValue<'a>)>) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in variables {
        args.set(name, value);
    }
    format(id, Some(&args))
}

fn format(id: &str, args: Option<&FluentArgs<'_>>) -> String {
    BUNDLE.with(|bundle| match bundle.get_message(id).and_then(|message| message.value()) {
        Some(pattern) => bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned(),
        None => id.to_owned(),
    })
}
