//! What is wrong with a form, above its fields.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::prose::prose;

/// What is wrong, by field, in sentences.
pub(crate) type Errors<F = &'static str> = BTreeMap<F, String>;

/// Says that nothing was done, and leads to the fields that need another look, in the `order` in which they stand.
pub(crate) fn error_summary<F: AsRef<str>>(nothing: &str, errors: &Errors<F>, order: &[&str]) -> Markup {
    let place = |field: &F| order.iter().position(|known| *known == field.as_ref());
    let mut errors: Vec<_> = errors.iter().collect();
    errors.sort_by_key(|(field, _)| place(field).unwrap_or(order.len()));
    html! {
        @if !errors.is_empty() {
            // A keyboard goes on from here, to the first field that needs another look.
            div.notice.bad role="alert" tabindex="-1" autofocus {
                p { strong { (nothing) " " } "Some fields need another look:" }
                ul { @for (field, error) in errors { li { a href={ "#" (field.as_ref()) } { (prose(error)) } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_goes_through_the_form_from_above() {
        let errors = ["a", "b", "unplaced"].map(|field| (field, format!("{field} is wrong.")));
        let shown = error_summary("Nothing was sent.", &errors.into(), &["b", "a"]).into_string();
        let places = ["#b", "#a", "#unplaced"].map(|link| shown.find(link).unwrap());
        assert!(places.is_sorted(), "{shown}");
        assert_eq!(
            error_summary("Nothing was sent.", &Errors::<&str>::new(), &[]).into_string(),
            ""
        );
    }
}
