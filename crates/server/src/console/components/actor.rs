//! Who did something.

/// An actor of the audit log, as people call it.
pub(crate) fn actor_words(actor: &str) -> &str {
    match actor.split_once(':') {
        Some(("device", _)) => "the Mac",
        Some((_, name)) => name,
        None => actor,
    }
}

#[cfg(test)]
mod tests {
    use super::actor_words;

    #[test]
    fn people_and_tokens_go_by_their_names() {
        for (actor, words) in [
            ("person:grace", "grace"),
            ("api_token:nightly", "nightly"),
            ("device:00000000-0000-4000-8000-000000000000", "the Mac"),
            ("operator", "operator"),
        ] {
            assert_eq!(actor_words(actor), words);
        }
    }
}
